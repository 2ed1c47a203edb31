@echo off
rem Sets the program up and starts it: the demo city's window, or `counter-app` with the arguments given.
setlocal
for %%I in ("%~dp0..") do set "HERE=%%~fI"
set "PYTHON=%HERE%\.venv\Scripts\python.exe"
set "LIST=%HERE%\installer\requirements.txt"
set "STAMP=%HERE%\.venv\made-from-requirements.txt"
set "PROJECT=%HERE%\.venv\made-from-pyproject.toml"

if not exist "%PYTHON%" goto make
fc /b "%LIST%" "%STAMP%" >nul 2>&1 || goto install
fc /b "%HERE%\pyproject.toml" "%PROJECT%" >nul 2>&1 || goto install
goto start

:make
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul || (
    echo This needs Python 3.11 or newer with its launcher py, from python.org.>&2
    exit /b 1
)
py -3 -m venv --clear "%HERE%\.venv" || exit /b 1

:install
echo Installing Python packages into .venv>&2
"%PYTHON%" -m pip install -q --require-hashes --only-binary :all: -r "%LIST%" || exit /b 1
"%PYTHON%" -m pip install -q --no-deps --no-build-isolation -e "%HERE%" || exit /b 1
copy /b /y "%LIST%" "%STAMP%" >nul
copy /b /y "%HERE%\pyproject.toml" "%PROJECT%" >nul

:start
if "%~1"=="" (
    "%PYTHON%" -m counter_app demo
) else (
    "%PYTHON%" -m counter_app %*
)
exit /b %ERRORLEVEL%
