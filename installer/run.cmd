@echo off
rem Sets the program up and starts it: the demo city's window, or `counter-app` with the arguments given.
setlocal
for %%I in ("%~dp0..") do set "HERE=%%~fI"
set "PYTHON=%HERE%\.venv\Scripts\python.exe"
set "LIST=%HERE%\installer\requirements.txt"
set "PROJECT=%HERE%\pyproject.toml"
set "MADE=%HERE%\.venv\made-from"

if not exist "%PYTHON%" goto make
fc /b "%LIST%" "%MADE%-requirements.txt" >nul 2>&1
if errorlevel 1 goto install
fc /b "%PROJECT%" "%MADE%-pyproject.toml" >nul 2>&1
if errorlevel 1 goto install
goto start

:make
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul
if errorlevel 1 goto old
py -3 -m venv --clear "%HERE%\.venv"
if errorlevel 1 goto failed

:install
echo Installing Python packages into .venv
"%PYTHON%" -m pip install -q --require-hashes --only-binary :all: -r "%LIST%"
if errorlevel 1 goto failed
"%PYTHON%" -m pip install -q --no-deps --no-build-isolation -e "%HERE%"
if errorlevel 1 goto failed
copy /b /y "%LIST%" "%MADE%-requirements.txt" >nul
copy /b /y "%PROJECT%" "%MADE%-pyproject.toml" >nul

:start
if "%~1"=="" goto demo
"%PYTHON%" -m counter_app %*
exit /b %ERRORLEVEL%

:demo
"%PYTHON%" -m counter_app demo
exit /b %ERRORLEVEL%

:old
echo This needs Python 3.11 or newer with its launcher py, from python.org. 1>&2
exit /b 1

:failed
echo The program could not be set up; the lines above say why. 1>&2
exit /b 1
