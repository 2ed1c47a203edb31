<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_US" sourcelanguage="en_US">
 <context>
  <name>counter_app.bootstrap</name>
  <message>
   <source>The counter cannot be opened ({error}).</source>
   <translation>No se puede abrir la ventanilla ({error}).</translation>
  </message>
  <message>
   <source>The counter in {folder} is no demo; choose another folder with --dir.</source>
   <translation>La ventanilla en {folder} no es una demo; elija otra carpeta con --dir.</translation>
  </message>
  <message>
   <source>The journal in {folder} has no first entry.</source>
   <translation>El registro en {folder} no tiene primer asiento.</translation>
  </message>
  <message>
   <source>The settings in force are damaged: {wrong}</source>
   <translation>Los ajustes vigentes están dañados: {wrong}</translation>
  </message>
  <message>
   <source>The station's signing key is damaged in its database.</source>
   <translation>La clave de firma de la estación está dañada en su base de datos.</translation>
  </message>
  <message>
   <source>The station's signing key is missing from its database.</source>
   <translation>Falta la clave de firma de la estación en su base de datos.</translation>
  </message>
  <message>
   <source>There is no counter in {folder}; make one with “counter-app demo” or “counter-app init”.</source>
   <translation>No hay ninguna ventanilla en {folder}; cree una con “counter-app demo” o “counter-app init”.</translation>
  </message>
  <message>
   <source>{station} entry 1 cannot be read: {error}.</source>
   <translation>El asiento 1 de {station} no se puede leer: {error}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.devices.network_printer</name>
  <message>
   <source>The printer at {host} cannot be reached ({why}).</source>
   <translation>No se puede alcanzar la impresora en {host} ({why}).</translation>
  </message>
  <message>
   <source>The printer hung up while it was sent to.</source>
   <translation>La impresora cortó la comunicación durante el envío.</translation>
  </message>
  <message>
   <source>The printer stopped answering while it printed.</source>
   <translation>La impresora dejó de responder mientras imprimía.</translation>
  </message>
  <message>
   <source>The printer stopped taking data ({why}).</source>
   <translation>La impresora dejó de recibir datos ({why}).</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>sin respuesta</translation>
  </message>
 </context>
 <context>
  <name>counter_app.devices.printer</name>
  <message>
   <source>The printer's file cannot be opened: {why}.</source>
   <translation>No se puede abrir el archivo de la impresora: {why}.</translation>
  </message>
  <message>
   <source>The printer's file could not be written: {why}.</source>
   <translation>No se pudo escribir el archivo de la impresora: {why}.</translation>
  </message>
  <message>
   <source>The printer's file took only a part of the job.</source>
   <translation>El archivo de la impresora recibió solo una parte del trabajo.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.devices.status</name>
  <message>
   <source>The printer is offline.</source>
   <translation>La impresora está fuera de línea.</translation>
  </message>
  <message>
   <source>The printer is out of paper.</source>
   <translation>La impresora no tiene papel.</translation>
  </message>
  <message>
   <source>The printer reports an error; turn it off and on.</source>
   <translation>La impresora indica un error; apáguela y enciéndala.</translation>
  </message>
  <message>
   <source>The printer's cover is open.</source>
   <translation>La tapa de la impresora está abierta.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.documents.dates</name>
  <message>
   <source>{day} {time}</source>
   <translation>{day} {time}</translation>
  </message>
 </context>
 <context>
  <name>counter_app.documents.licence</name>
  <message>
   <source>Conditions</source>
   <translation>Condiciones</translation>
  </message>
  <message>
   <source>Fee paid</source>
   <translation>Tarifa pagada</translation>
  </message>
  <message>
   <source>For the city</source>
   <translation>Por la ciudad</translation>
  </message>
  <message>
   <source>Good through</source>
   <translation>Vigente hasta</translation>
  </message>
  <message>
   <source>Issued</source>
   <translation>Emisión</translation>
  </message>
  <message>
   <source>No. {number}</source>
   <translation>N.º {number}</translation>
  </message>
  <message>
   <source>Receipt</source>
   <translation>Recibo</translation>
  </message>
  <message>
   <source>Scan to verify</source>
   <translation>Escanee para verificar</translation>
  </message>
  <message>
   <source>is issued to</source>
   <translation>se otorga a</translation>
  </message>
  <message>
   <source>until revoked</source>
   <translation>hasta que se revoque</translation>
  </message>
 </context>
 <context>
  <name>counter_app.documents.receipt_layout</name>
  <message>
   <source>Account {account}</source>
   <translation>Cuenta {account}</translation>
  </message>
  <message>
   <source>Approved by: {name}</source>
   <translation>Aprobado por: {name}</translation>
  </message>
  <message>
   <source>Balance left {amount}</source>
   <translation>Saldo pendiente {amount}</translation>
  </message>
  <message>
   <source>Business date</source>
   <translation>Fecha contable</translation>
  </message>
  <message>
   <source>COPY {n}</source>
   <translation>COPIA {n}</translation>
  </message>
  <message>
   <source>Cancels receipt</source>
   <translation>Anula el recibo</translation>
  </message>
  <message>
   <source>Card</source>
   <translation>Tarjeta</translation>
  </message>
  <message>
   <source>Cash</source>
   <translation>Efectivo</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Cambio</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Cheque</translation>
  </message>
  <message>
   <source>Copied {moment}</source>
   <translation>Copiado el {moment}</translation>
  </message>
  <message>
   <source>Credit on the account {amount}</source>
   <translation>Saldo a favor {amount}</translation>
  </message>
  <message>
   <source>DEMO - NOT A RECEIPT</source>
   <translation>DEMO - NO ES UN RECIBO</translation>
  </message>
  <message>
   <source>Drawer {drawer}</source>
   <translation>Caja {drawer}</translation>
  </message>
  <message>
   <source>Entry {seq}, {mark}</source>
   <translation>Asiento {seq}, {mark}</translation>
  </message>
  <message>
   <source>Fund {fund}</source>
   <translation>Fondo {fund}</translation>
  </message>
  <message>
   <source>Given back to {name}</source>
   <translation>Devuelto a {name}</translation>
  </message>
  <message>
   <source>Good through {day}</source>
   <translation>Vigente hasta el {day}</translation>
  </message>
  <message>
   <source>Kept as credit</source>
   <translation>A favor de la cuenta</translation>
  </message>
  <message>
   <source>License {number}</source>
   <translation>Licencia {number}</translation>
  </message>
  <message>
   <source>Money order</source>
   <translation>Giro postal</translation>
  </message>
  <message>
   <source>NOT THE ORIGINAL</source>
   <translation>NO ES EL ORIGINAL</translation>
  </message>
  <message>
   <source>No sale</source>
   <translation>Apertura sin venta</translation>
  </message>
  <message>
   <source>Pays: {what}</source>
   <translation>Paga: {what}</translation>
  </message>
  <message>
   <source>REFUNDED</source>
   <translation>DEVUELTO</translation>
  </message>
  <message>
   <source>Reason: {reason}</source>
   <translation>Motivo: {reason}</translation>
  </message>
  <message>
   <source>Received from {name}</source>
   <translation>Recibido de {name}</translation>
  </message>
  <message>
   <source>Refund</source>
   <translation>Reembolso</translation>
  </message>
  <message>
   <source>Refunds receipt</source>
   <translation>Reembolsa el recibo</translation>
  </message>
  <message>
   <source>Rounding</source>
   <translation>Redondeo</translation>
  </message>
  <message>
   <source>Served by {name}</source>
   <translation>Atendido por {name}</translation>
  </message>
  <message>
   <source>Signature</source>
   <translation>Firma</translation>
  </message>
  <message>
   <source>TOTAL</source>
   <translation>TOTAL</translation>
  </message>
  <message>
   <source>TRAINING - NOT A RECEIPT</source>
   <translation>PRÁCTICA - NO ES UN RECIBO</translation>
  </message>
  <message>
   <source>Thank you. Please keep this receipt.</source>
   <translation>Gracias. Conserve este recibo.</translation>
  </message>
  <message>
   <source>This receipt no longer stands.</source>
   <translation>Este recibo ya no es válido.</translation>
  </message>
  <message>
   <source>VOID</source>
   <translation>ANULADO</translation>
  </message>
  <message>
   <source>VOIDED</source>
   <translation>ANULADO</translation>
  </message>
  <message>
   <source>VOIDED BY {number}</source>
   <translation>ANULADO POR {number}</translation>
  </message>
  <message>
   <source>given back</source>
   <translation>devuelto</translation>
  </message>
 </context>
 <context>
  <name>counter_app.documents.sheet</name>
  <message>
   <source>Checkpoint at entry {seq}, {mark}</source>
   <translation>Punto de control en el asiento {seq}, {mark}</translation>
  </message>
  <message>
   <source>DEMO — not a record of money</source>
   <translation>DEMO — no es constancia de dinero</translation>
  </message>
  <message>
   <source>Page {page}</source>
   <translation>Página {page}</translation>
  </message>
  <message>
   <source>TRAINING — not a record of money</source>
   <translation>PRÁCTICA — no es constancia de dinero</translation>
  </message>
  <message>
   <source>demo</source>
   <translation>demo</translation>
  </message>
  <message>
   <source>of {pages}</source>
   <translation>de {pages}</translation>
  </message>
  <message>
   <source>training</source>
   <translation>práctica</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.account</name>
  <message>
   <source>{amount} as credit</source>
   <translation>{amount} a favor</translation>
  </message>
  <message>
   <source>{amount} of {bill}</source>
   <translation>{amount} de {bill}</translation>
  </message>
  <message>
   <source>{bill} in full</source>
   <translation>{bill} completa</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.badge</name>
  <message>
   <source>A badge signs in after F12, and approves; here it does nothing.</source>
   <translation>Una credencial sirve para entrar después de F12 y para aprobar; aquí no hace nada.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.card_guard</name>
  <message>
   <source>That looks like a card number. Card data is never kept here: use the card terminal, and type only the last 4.</source>
   <translation>Eso parece un número de tarjeta. Aquí nunca se guardan datos de tarjetas: use la terminal y escriba solo los últimos 4.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.check</name>
  <message>
   <source>A check number is 1 to 12 digits, as printed in the corner of the check.</source>
   <translation>El número de cheque tiene de 1 a 12 dígitos, como está impreso en la esquina del cheque.</translation>
  </message>
  <message>
   <source>Check {number} is dated {dated}, later than today. It cannot be taken before its date.</source>
   <translation>El cheque {number} tiene fecha {dated}, posterior a hoy. No se puede recibir antes de su fecha.</translation>
  </message>
  <message>
   <source>Check {number} is dated {dated}, over six months ago. The bank need not pay it.</source>
   <translation>El cheque {number} tiene fecha {dated}, de hace más de seis meses. El banco no está obligado a pagarlo.</translation>
  </message>
  <message>
   <source>Check {number}: give the last 4 digits of the account, and no more.</source>
   <translation>Cheque {number}: indique los últimos 4 dígitos de la cuenta, y nada más.</translation>
  </message>
  <message>
   <source>Check {number}: the routing number is not right. Compare its 9 digits with the check.</source>
   <translation>Cheque {number}: el número de ruta no es correcto. Compare sus 9 dígitos con el cheque.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.correction</name>
  <message>
   <source>A void of receipt {number} is asked for and waits for a decision.</source>
   <translation>Se pidió anular el recibo {number} y falta la decisión.</translation>
  </message>
  <message>
   <source>Cash is refunded on the day of payment only; make it a refund request.</source>
   <translation>El efectivo se reembolsa solo el día del pago; haga una solicitud de reembolso.</translation>
  </message>
  <message>
   <source>Cash refunds go up to {limit}; make it a refund request.</source>
   <translation>Los reembolsos en efectivo llegan hasta {limit}; haga una solicitud de reembolso.</translation>
  </message>
  <message>
   <source>Line {line} of receipt {number} is no payment on an account.</source>
   <translation>El renglón {line} del recibo {number} no es un pago a una cuenta.</translation>
  </message>
  <message>
   <source>Line {line} of receipt {number} is refunded already.</source>
   <translation>El renglón {line} del recibo {number} ya está reembolsado.</translation>
  </message>
  <message>
   <source>Nothing of receipt {number} is left to refund.</source>
   <translation>No queda nada del recibo {number} por reembolsar.</translation>
  </message>
  <message>
   <source>Only a payment on an account can stay as its credit.</source>
   <translation>Solo un pago a una cuenta puede quedar como saldo a favor.</translation>
  </message>
  <message>
   <source>Only what was paid by card goes back to the card.</source>
   <translation>A la tarjeta solo se devuelve lo que se pagó con tarjeta.</translation>
  </message>
  <message>
   <source>Only what was paid in cash goes back in cash; make it a refund request.</source>
   <translation>Solo lo que se pagó en efectivo se devuelve en efectivo; haga una solicitud de reembolso.</translation>
  </message>
  <message>
   <source>Receipt {number} has no line {line}.</source>
   <translation>El recibo {number} no tiene renglón {line}.</translation>
  </message>
  <message>
   <source>Receipt {number} has no tender {tender}.</source>
   <translation>El recibo {number} no tiene forma de pago {tender}.</translation>
  </message>
  <message>
   <source>Receipt {number} is {state} already; it cannot be {what}.</source>
   <translation>El recibo {number} ya está {state}; no puede ser {what}.</translation>
  </message>
  <message>
   <source>Tender {tender} pays {pays} of this receipt; that is the most that can be moved.</source>
   <translation>La forma de pago {tender} cubre {pays} de este recibo; no se puede pasar más.</translation>
  </message>
  <message>
   <source>The check of receipt {number} may still come back; ask for its refund from {day} on.</source>
   <translation>El cheque del recibo {number} todavía puede ser devuelto; pida el reembolso a partir del {day}.</translation>
  </message>
  <message>
   <source>The payment is on account {account} already.</source>
   <translation>El pago ya está en la cuenta {account}.</translation>
  </message>
  <message>
   <source>The right tenders must add up to {amount}.</source>
   <translation>Las formas de pago correctas deben sumar {amount}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.count</name>
  <message>
   <source>$1 coin</source>
   <translation>moneda de $1</translation>
  </message>
  <message>
   <source>That is more cash than a drawer can hold; count it again.</source>
   <translation>Es más efectivo del que cabe en una caja; cuéntelo otra vez.</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>nada</translation>
  </message>
  <message>
   <source>{n} × {piece}</source>
   <translation>{n} × {piece}</translation>
  </message>
  <message>
   <source>{pieces} pieces of {piece} cannot be counted.</source>
   <translation>No se pueden contar {pieces} piezas de {piece}.</translation>
  </message>
  <message>
   <source>“{piece}” is no piece of money; a count has {names}.</source>
   <translation>“{piece}” no es ninguna pieza de dinero; un conteo tiene {names}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.days</name>
  <message>
   <source>Apr</source>
   <translation>abr</translation>
  </message>
  <message>
   <source>Aug</source>
   <translation>ago</translation>
  </message>
  <message>
   <source>Dec</source>
   <translation>dic</translation>
  </message>
  <message>
   <source>Feb</source>
   <translation>feb</translation>
  </message>
  <message>
   <source>Jan</source>
   <translation>ene</translation>
  </message>
  <message>
   <source>Jul</source>
   <translation>jul</translation>
  </message>
  <message>
   <source>Jun</source>
   <translation>jun</translation>
  </message>
  <message>
   <source>Mar</source>
   <translation>mar</translation>
  </message>
  <message>
   <source>May</source>
   <translation>may</translation>
  </message>
  <message>
   <source>Nov</source>
   <translation>nov</translation>
  </message>
  <message>
   <source>Oct</source>
   <translation>oct</translation>
  </message>
  <message>
   <source>Sep</source>
   <translation>sep</translation>
  </message>
  <message>
   <source>{month} {day}, {year}</source>
   <translation>{day} {month} {year}</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.deposit</name>
  <message>
   <source>Drawer {session}: a check of {names} was counted that no receipt has (receipts with checks: {near}).</source>
   <translation>Caja {session}: se contó un cheque de {names} que no está en ningún recibo (recibos con cheque: {near}).</translation>
  </message>
  <message>
   <source>Drawer {session}: the check of {names} was not counted. Correct, void or hold it.</source>
   <translation>Caja {session}: no se contó el cheque de {names}. Corríjalo, anúlelo o reténgalo.</translation>
  </message>
  <message>
   <source>Drawer {session}: {count} checks of {total} were counted, the receipts say {booked} of {sum} ({names}). Correct, void or hold the one that is wrong.</source>
   <translation>Caja {session}: se contaron {count} cheques por {total}; los recibos dicen {booked} por {sum} ({names}). Corrija, anule o retenga el que está mal.</translation>
  </message>
  <message>
   <source>Receipt {number} has no check in these drawers that could be held.</source>
   <translation>El recibo {number} no tiene en estas cajas ningún cheque que se pueda retener.</translation>
  </message>
  <message>
   <source>confirmed by the bank</source>
   <translation>confirmado por el banco</translation>
  </message>
  <message>
   <source>corrected</source>
   <translation>corregido</translation>
  </message>
  <message>
   <source>different at the bank</source>
   <translation>con diferencia en el banco</translation>
  </message>
  <message>
   <source>made up</source>
   <translation>preparado</translation>
  </message>
  <message>
   <source>none</source>
   <translation>ninguno</translation>
  </message>
  <message>
   <source>receipt {number} ({amount})</source>
   <translation>recibo {number} ({amount})</translation>
  </message>
  <message>
   <source>sent</source>
   <translation>enviado</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.details</name>
  <message>
   <source>The detail “{key}” of {what} must be {kind}.</source>
   <translation>El dato “{key}” de {what} debe ser {kind}.</translation>
  </message>
  <message>
   <source>a day like 2027-05-31</source>
   <translation>un día como 2027-05-31</translation>
  </message>
  <message>
   <source>a whole number, not below zero</source>
   <translation>un número entero, no menor que cero</translation>
  </message>
  <message>
   <source>text</source>
   <translation>un texto</translation>
  </message>
  <message>
   <source>true or false</source>
   <translation>sí o no</translation>
  </message>
  <message>
   <source>whole cents, not below zero</source>
   <translation>centavos enteros, no menos de cero</translation>
  </message>
  <message>
   <source>{what} needs: {label}.</source>
   <translation>Falta para {what}: {label}.</translation>
  </message>
  <message>
   <source>{what} takes no detail “{key}” (it takes: {takes}).</source>
   <translation>{what} no lleva el dato “{key}” (lleva: {takes}).</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.drawer</name>
  <message>
   <source>A check in a count is more than nothing, and an amount that a check can have.</source>
   <translation>Un cheque del conteo vale más que cero, y un importe que un cheque puede tener.</translation>
  </message>
  <message>
   <source>No choice of these pieces leaves exactly {target} in the drawer; exchange notes with the safe first.</source>
   <translation>Con estas piezas no se puede dejar exactamente {target} en la caja; cambie primero billetes con la caja fuerte.</translation>
  </message>
  <message>
   <source>That is no pile of checks; count them again.</source>
   <translation>Eso no es un montón de cheques; cuéntelos otra vez.</translation>
  </message>
  <message>
   <source>What is kept must be among the pieces that were counted.</source>
   <translation>Lo que se deja debe estar entre las piezas contadas.</translation>
  </message>
  <message>
   <source>being counted again</source>
   <translation>en reconteo</translation>
  </message>
  <message>
   <source>closed</source>
   <translation>cerrada</translation>
  </message>
  <message>
   <source>deposited</source>
   <translation>depositada</translation>
  </message>
  <message>
   <source>open</source>
   <translation>abierta</translation>
  </message>
  <message>
   <source>verified</source>
   <translation>verificada</translation>
  </message>
  <message>
   <source>{amount} must stay in the drawer, the float and the cash brought; this is {total}.</source>
   <translation>En la caja deben quedar {amount}, el fondo de cambio y el efectivo traído; esto suma {total}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.fees</name>
  <message>
   <source>The fee {code} is not in force on {on}.</source>
   <translation>La tarifa {code} no está vigente el {on}.</translation>
  </message>
  <message>
   <source>There is no fee “{code}”.</source>
   <translation>No hay ninguna tarifa “{code}”.</translation>
  </message>
  <message>
   <source>Type the amount of {code} ({name}).</source>
   <translation>Escriba el importe de {code} ({name}).</translation>
  </message>
  <message>
   <source>{base} × {rate} per {per} = {amount}</source>
   <translation>{base} × {rate} por cada {per} = {amount}</translation>
  </message>
  <message>
   <source>{base}: {steps} × {rate} per {per} or fraction = {amount}</source>
   <translation>{base}: {steps} × {rate} por cada {per} o fracción = {amount}</translation>
  </message>
  <message>
   <source>{code} ({name}) is not offered in this city.</source>
   <translation>{code} ({name}) no se ofrece en esta ciudad.</translation>
  </message>
  <message>
   <source>{code} ({name}) is posted by the program, not taken at the counter.</source>
   <translation>{code} ({name}) lo registra el programa; no se cobra en ventanilla.</translation>
  </message>
  <message>
   <source>{code} ({name}) is priced by {basis}, which this counter does not compute yet.</source>
   <translation>{code} ({name}) se calcula por {basis}, algo que esta ventanilla todavía no calcula.</translation>
  </message>
  <message>
   <source>{code} gives out one a line ({type}); add a line for each.</source>
   <translation>{code} entrega uno por renglón ({type}); agregue un renglón para cada uno.</translation>
  </message>
  <message>
   <source>{code} has no quantity; add a line for each.</source>
   <translation>{code} no lleva cantidad; agregue un renglón para cada uno.</translation>
  </message>
  <message>
   <source>{code} is added by the program to the fees that carry it; it is not sold by itself.</source>
   <translation>El programa agrega {code} a las tarifas que la llevan; no se vende por separado.</translation>
  </message>
  <message>
   <source>{code} is {amount}, not {typed}; a price is never changed here.</source>
   <translation>{code} cuesta {amount}, no {typed}; aquí nunca se cambia un precio.</translation>
  </message>
  <message>
   <source>{code}: the amount must be more than zero.</source>
   <translation>{code}: el importe debe ser mayor que cero.</translation>
  </message>
  <message>
   <source>{code}: the quantity is a whole number, 1 or more.</source>
   <translation>{code}: la cantidad es un número entero, 1 o más.</translation>
  </message>
  <message>
   <source>{code}: {amount} is more than one line can be ({most}).</source>
   <translation>{code}: {amount} es más de lo que admite un renglón ({most}).</translation>
  </message>
  <message>
   <source>{formula}; at least {amount}</source>
   <translation>{formula}; mínimo {amount}</translation>
  </message>
  <message>
   <source>{formula}; at most {amount}</source>
   <translation>{formula}; máximo {amount}</translation>
  </message>
  <message>
   <source>{quantity} × {each} = {amount}</source>
   <translation>{quantity} × {each} = {amount}</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.language</name>
  <message>
   <source>{english}</source>
   <translation>{spanish}</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.licence</name>
  <message>
   <source>A dog cannot be born on {born}, after today.</source>
   <translation>Un perro no puede haber nacido el {born}, después de hoy.</translation>
  </message>
  <message>
   <source>A yard sale is at most {sale_days} days in a row; this one has {days}.</source>
   <translation>Una venta de garaje dura como máximo {sale_days} días seguidos; esta tiene {days}.</translation>
  </message>
  <message>
   <source>License {licence} belongs to another customer.</source>
   <translation>La licencia {licence} es de otro cliente.</translation>
  </message>
  <message>
   <source>License {licence} is of another kind, not {type}.</source>
   <translation>La licencia {licence} es de otro tipo, no {type}.</translation>
  </message>
  <message>
   <source>License {licence} is {state} and cannot be renewed.</source>
   <translation>La licencia {licence} no se puede renovar (estado: {state}).</translation>
  </message>
  <message>
   <source>The last good day, {expires}, is already past.</source>
   <translation>El último día de vigencia, {expires}, ya pasó.</translation>
  </message>
  <message>
   <source>The license ends with the rabies vaccination on {ends}, not on {term}.</source>
   <translation>La licencia termina con la vacuna contra la rabia el {ends}, no el {term}.</translation>
  </message>
  <message>
   <source>The rabies vaccination expired on {rabies}; vaccinate first.</source>
   <translation>La vacuna contra la rabia venció el {rabies}; hay que vacunar primero.</translation>
  </message>
  <message>
   <source>The sale ends on {last}, before it begins on {first}.</source>
   <translation>La venta termina el {last}, antes de empezar el {first}.</translation>
  </message>
  <message>
   <source>There is no license {number} to renew.</source>
   <translation>No hay ninguna licencia {number} que renovar.</translation>
  </message>
  <message>
   <source>This address has had its {sales} yard sales of {year}.</source>
   <translation>Esta dirección ya tuvo sus {sales} ventas de garaje de {year}.</translation>
  </message>
  <message>
   <source>active</source>
   <translation>vigente</translation>
  </message>
  <message>
   <source>expired</source>
   <translation>vencido</translation>
  </message>
  <message>
   <source>replaced</source>
   <translation>reemplazado</translation>
  </message>
  <message>
   <source>revoked</source>
   <translation>revocado</translation>
  </message>
  <message>
   <source>suspended</source>
   <translation>suspendido</translation>
  </message>
  <message>
   <source>until {month}/{day}</source>
   <translation>hasta el {month}/{day}</translation>
  </message>
  <message>
   <source>up to {days}</source>
   <translation>hasta {days}</translation>
  </message>
  <message>
   <source>voided</source>
   <translation>anulado</translation>
  </message>
  <message>
   <source>{code} is for a dog that is not spayed or neutered.</source>
   <translation>{code} es para perros sin esterilizar.</translation>
  </message>
  <message>
   <source>{code} is for a dog that is spayed or neutered.</source>
   <translation>{code} es para perros esterilizados.</translation>
  </message>
  <message>
   <source>{code} is for dogs of {months} months or more; this one was born {born}.</source>
   <translation>{code} es para perros de {months} meses o más; este nació el {born}.</translation>
  </message>
  <message>
   <source>{code} needs a customer, who is given this: {type}.</source>
   <translation>{code} necesita un cliente, a quien se entrega: {type}.</translation>
  </message>
  <message>
   <source>{n} day</source>
   <translation>{n} día</translation>
  </message>
  <message>
   <source>{n} days</source>
   <translation>{n} días</translation>
  </message>
  <message>
   <source>{n} month</source>
   <translation>{n} mes</translation>
  </message>
  <message>
   <source>{n} months</source>
   <translation>{n} meses</translation>
  </message>
  <message>
   <source>{n} year</source>
   <translation>{n} año</translation>
  </message>
  <message>
   <source>{n} years</source>
   <translation>{n} años</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.money</name>
  <message>
   <source>That amount is too large for this counter.</source>
   <translation>Ese importe es demasiado grande para esta ventanilla.</translation>
  </message>
  <message>
   <source>“{text}” is not an amount. Type dollars, like 100 or 83.17.</source>
   <translation>“{text}” no es un importe. Escriba dólares, como 100 o 83.17.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.receipt</name>
  <message>
   <source>refunded</source>
   <translation>reembolsado</translation>
  </message>
  <message>
   <source>returned</source>
   <translation>devuelto</translation>
  </message>
  <message>
   <source>taken</source>
   <translation>cobrado</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.rights</name>
  <message>
   <source>Administrator</source>
   <translation>Administrador</translation>
  </message>
  <message>
   <source>Auditor</source>
   <translation>Auditor</translation>
  </message>
  <message>
   <source>Cashier</source>
   <translation>Cajero(a)</translation>
  </message>
  <message>
   <source>Finance</source>
   <translation>Finanzas</translation>
  </message>
  <message>
   <source>Lead</source>
   <translation>Encargado de cajas</translation>
  </message>
  <message>
   <source>No longer works here</source>
   <translation>Ya no trabaja aquí</translation>
  </message>
  <message>
   <source>Supervisor</source>
   <translation>Supervisor</translation>
  </message>
  <message>
   <source>a cashier</source>
   <translation>cajero(a)</translation>
  </message>
  <message>
   <source>a lead</source>
   <translation>encargado(a) de cajas</translation>
  </message>
  <message>
   <source>a supervisor</source>
   <translation>supervisor(a)</translation>
  </message>
  <message>
   <source>an administrator</source>
   <translation>administrador(a)</translation>
  </message>
  <message>
   <source>an auditor</source>
   <translation>auditor(a)</translation>
  </message>
  <message>
   <source>approve a moved payment</source>
   <translation>aprobar el traslado de un pago</translation>
  </message>
  <message>
   <source>approve voids, tenders and drops</source>
   <translation>aprobar anulaciones, formas de pago y retiros</translation>
  </message>
  <message>
   <source>ask to move a payment</source>
   <translation>pedir el traslado de un pago</translation>
  </message>
  <message>
   <source>confirm bank deposits and export books</source>
   <translation>confirmar depósitos bancarios y exportar los libros</translation>
  </message>
  <message>
   <source>finance</source>
   <translation>personal de finanzas</translation>
  </message>
  <message>
   <source>in finance</source>
   <translation>personal de finanzas</translation>
  </message>
  <message>
   <source>load accounts and fees</source>
   <translation>cargar cuentas y tarifas</translation>
  </message>
  <message>
   <source>look up receipts and accounts</source>
   <translation>buscar recibos y cuentas</translation>
  </message>
  <message>
   <source>manage people</source>
   <translation>administrar el personal</translation>
  </message>
  <message>
   <source>no longer here</source>
   <translation>ya no trabaja aquí</translation>
  </message>
  <message>
   <source>prepare and send deposits</source>
   <translation>preparar y enviar depósitos</translation>
  </message>
  <message>
   <source>see what drawers should hold</source>
   <translation>ver lo que debe haber en las cajas</translation>
  </message>
  <message>
   <source>take money</source>
   <translation>cobrar</translation>
  </message>
  <message>
   <source>verify drawers</source>
   <translation>verificar cajas</translation>
  </message>
  <message>
   <source>{name} cannot be the second person of an act of one's own.</source>
   <translation>{name} no puede ser la segunda persona de lo que hace.</translation>
  </message>
  <message>
   <source>{name} is {role} and may not {right}; {who} may.</source>
   <translation>{name} ({role}) no puede {right}; le corresponde a {who}.</translation>
  </message>
  <message>
   <source>{one} or {other}</source>
   <translation>{one} o {other}</translation>
  </message>
  <message>
   <source>{what} needs a second person: {who}.</source>
   <translation>{what}: hace falta una segunda persona, {who}.</translation>
  </message>
  <message>
   <source>{what} needs a second person; {name} cannot approve an act of one's own.</source>
   <translation>{what}: hace falta una segunda persona; {name} no puede aprobar lo que hace.</translation>
  </message>
  <message>
   <source>{what} needs a second person; {name} owns this drawer and cannot approve it.</source>
   <translation>{what}: hace falta una segunda persona; {name} tiene esta caja y no puede aprobarlo.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.sale</name>
  <message>
   <source>A card is never charged more than the ticket.</source>
   <translation>A una tarjeta nunca se le cobra más que la venta.</translation>
  </message>
  <message>
   <source>A card's answer goes with a card only.</source>
   <translation>La respuesta de la terminal va solo con una tarjeta.</translation>
  </message>
  <message>
   <source>A check or money order may exceed the ticket only when an account can keep the rest as credit.</source>
   <translation>Un cheque o giro postal puede exceder la venta solo si una cuenta puede guardar el resto como saldo a favor.</translation>
  </message>
  <message>
   <source>A check's date is a day like 2026-11-23.</source>
   <translation>La fecha de un cheque es un día como 2026-11-23.</translation>
  </message>
  <message>
   <source>A check's number goes with a check or a money order only.</source>
   <translation>El número de cheque va solo con un cheque o un giro postal.</translation>
  </message>
  <message>
   <source>A sale has at most {most} tenders.</source>
   <translation>Una venta tiene como máximo {most} formas de pago.</translation>
  </message>
  <message>
   <source>A tender must be more than nothing, and an amount that this counter can take.</source>
   <translation>Un pago debe ser mayor que cero y un importe que esta ventanilla pueda recibir.</translation>
  </message>
  <message>
   <source>A ticket has at most {most} lines.</source>
   <translation>Una venta tiene como máximo {most} renglones.</translation>
  </message>
  <message>
   <source>Account {account} owes nothing; type an amount to pay ahead.</source>
   <translation>La cuenta {account} no debe nada; escriba un importe para pagar por adelantado.</translation>
  </message>
  <message>
   <source>Give the last 4 digits of the card, and no more.</source>
   <translation>Indique los últimos 4 dígitos de la tarjeta, y nada más.</translation>
  </message>
  <message>
   <source>There is no account {account}.</source>
   <translation>No hay ninguna cuenta {account}.</translation>
  </message>
  <message>
   <source>There is no line {line} for this tender to pay.</source>
   <translation>No hay renglón {line} que esta forma de pago pueda cubrir.</translation>
  </message>
  <message>
   <source>There is nothing on the ticket.</source>
   <translation>No hay nada en la venta.</translation>
  </message>
  <message>
   <source>{amount} is still to be paid.</source>
   <translation>Faltan {amount} por pagar.</translation>
  </message>
  <message>
   <source>{names} goes to another bank account: take it as a sale of its own.</source>
   <translation>{names} va a otra cuenta bancaria: cóbrelo en una venta aparte.</translation>
  </message>
  <message>
   <source>{name} needs an account number.</source>
   <translation>{name}: hace falta un número de cuenta.</translation>
  </message>
  <message>
   <source>{name} pays no bill: only an account payment can name one.</source>
   <translation>{name} no paga ninguna factura: solo un pago a cuenta puede indicar una.</translation>
  </message>
  <message>
   <source>{name}: an amount must be more than nothing.</source>
   <translation>{name}: el importe debe ser mayor que cero.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.domain.waiting</name>
  <message>
   <source>Wait {n} second, then type the PIN again.</source>
   <translation>Espere {n} segundo y vuelva a escribir el PIN.</translation>
  </message>
  <message>
   <source>Wait {n} seconds, then type the PIN again.</source>
   <translation>Espere {n} segundos y vuelva a escribir el PIN.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.recovery.adopt</name>
  <message>
   <source>Station {dead} was taken over by {adopter} already.</source>
   <translation>La estación {adopter} ya asumió el trabajo de la estación {dead}.</translation>
  </message>
  <message>
   <source>The copy at {path} holds no station {station}.</source>
   <translation>La copia en {path} no contiene la estación {station}.</translation>
  </message>
  <message>
   <source>The counter in {folder} is station {name}.</source>
   <translation>La caja de {folder} es la estación {name}.</translation>
  </message>
  <message>
   <source>There is no copy of the books at {path}.</source>
   <translation>No hay copia de los libros en {path}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.recovery.backup</name>
  <message>
   <source>Nothing can be restored in {path} ({error}).</source>
   <translation>No se puede recuperar nada en {path} ({error}).</translation>
  </message>
  <message>
   <source>The backup cannot be written to {path} ({error}).</source>
   <translation>La copia de seguridad no se puede escribir en {path} ({error}).</translation>
  </message>
  <message>
   <source>The copy does not come to the same cents as the books; it is no backup.</source>
   <translation>La copia no suma los mismos centavos que los libros; no es una copia de seguridad.</translation>
  </message>
  <message>
   <source>The counter in {folder} goes to entry {here} and the backup to entry {there}; nothing was replaced.</source>
   <translation>El registro de {folder} llega al asiento {here} y la copia de seguridad al asiento {there}; no se reemplazó nada.</translation>
  </message>
  <message>
   <source>The last receipt in these books is {given} and the one on paper {paper}: take over the work under a new name with “counter-app adopt”.</source>
   <translation>El último recibo en estos libros es {given} y el impreso es {paper}: asuma el trabajo con un nombre nuevo con «counter-app adopt».</translation>
  </message>
  <message>
   <source>There is no backup at {source}.</source>
   <translation>No hay copia de seguridad en {source}.</translation>
  </message>
  <message>
   <source>{path} cannot be read ({error}).</source>
   <translation>{path} no se puede leer ({error}).</translation>
  </message>
 </context>
 <context>
  <name>counter_app.recovery.key_change</name>
  <message>
   <source>That is another recovery code; the key was not changed.</source>
   <translation>Ese es otro código de recuperación; la clave no se cambió.</translation>
  </message>
  <message>
   <source>There is no counter in {folder}.</source>
   <translation>No hay ninguna estación en {folder}.</translation>
  </message>
  <message>
   <source>This recovery code is well written, and does not open this counter: it is another's.</source>
   <translation>Este código de recuperación está bien escrito, pero no abre esta estación: es de otra.</translation>
  </message>
  <message>
   <source>{name} is {role} and may not change keys; a supervisor or an administrator may.</source>
   <translation>{name} es {role} y no puede cambiar claves; un supervisor o un administrador sí puede.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.accounts</name>
  <message>
   <source>A new customer</source>
   <translation>Un cliente nuevo</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Dirección</translation>
  </message>
  <message>
   <source>Balances as of</source>
   <translation>Saldos al</translation>
  </message>
  <message>
   <source>Chinese</source>
   <translation>Chino</translation>
  </message>
  <message>
   <source>Customer</source>
   <translation>Cliente</translation>
  </message>
  <message>
   <source>Customers and accounts</source>
   <translation>Clientes y cuentas</translation>
  </message>
  <message>
   <source>E-mail</source>
   <translation>Correo electrónico</translation>
  </message>
  <message>
   <source>English</source>
   <translation>Inglés</translation>
  </message>
  <message>
   <source>Enter leaves it out.</source>
   <translation>Enter lo omite.</translation>
  </message>
  <message>
   <source>Enter pays the marked balance at the counter.</source>
   <translation>Enter lleva el saldo marcado a la ventanilla para pagarlo.</translation>
  </message>
  <message>
   <source>Found for “{text}”</source>
   <translation>Resultados de “{text}”</translation>
  </message>
  <message>
   <source>In the register, newest first.</source>
   <translation>En el libro de recibos, lo más reciente primero.</translation>
  </message>
  <message>
   <source>Korean</source>
   <translation>Coreano</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Idioma</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Nombre</translation>
  </message>
  <message>
   <source>Name, address, account, phone, license or plate</source>
   <translation>Nombre, dirección, cuenta, teléfono, licencia o placa</translation>
  </message>
  <message>
   <source>Nothing found for “{text}”.</source>
   <translation>No se encontró nada para “{text}”.</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Número</translation>
  </message>
  <message>
   <source>Of the person or the business.</source>
   <translation>De la persona o del negocio.</translation>
  </message>
  <message>
   <source>Owes</source>
   <translation>Debe</translation>
  </message>
  <message>
   <source>Paid {day}</source>
   <translation>Pagado {day}</translation>
  </message>
  <message>
   <source>Past due since {day}.</source>
   <translation>Vencida desde el {day}.</translation>
  </message>
  <message>
   <source>Pay all of it</source>
   <translation>Pagar todo</translation>
  </message>
  <message>
   <source>Phone</source>
   <translation>Teléfono</translation>
  </message>
  <message>
   <source>Spanish</source>
   <translation>Español</translation>
  </message>
  <message>
   <source>Street, city and ZIP; Enter leaves it out.</source>
   <translation>Calle, ciudad y código postal; Enter lo omite.</translation>
  </message>
  <message>
   <source>Tagalog</source>
   <translation>Tagalo</translation>
  </message>
  <message>
   <source>This account is closed.</source>
   <translation>Esta cuenta está cerrada.</translation>
  </message>
  <message>
   <source>Type a name, an address, an account, a phone or a license.</source>
   <translation>Escriba un nombre, una dirección, una cuenta, un teléfono o una licencia.</translation>
  </message>
  <message>
   <source>Type a name, an address, an account, a phone or a license.
+ registers a new customer.</source>
   <translation>Escriba un nombre, una dirección, una cuenta, un teléfono o una licencia.
+ registra a un cliente nuevo.</translation>
  </message>
  <message>
   <source>Vietnamese</source>
   <translation>Vietnamita</translation>
  </message>
  <message>
   <source>What was paid</source>
   <translation>Lo que se pagó</translation>
  </message>
  <message>
   <source>Which language do they read?</source>
   <translation>¿En qué idioma lee?</translation>
  </message>
  <message>
   <source>credit {amount}</source>
   <translation>crédito {amount}</translation>
  </message>
  <message>
   <source>no last day</source>
   <translation>sin fecha de vencimiento</translation>
  </message>
  <message>
   <source>until {day}</source>
   <translation>hasta el {day}</translation>
  </message>
  <message>
   <source>{amount} due {day}</source>
   <translation>{amount}, vence {day}</translation>
  </message>
  <message>
   <source>{amount} is past due.</source>
   <translation>{amount} está vencido.</translation>
  </message>
  <message>
   <source>{day}, {time}</source>
   <translation>{day}, {time}</translation>
  </message>
  <message>
   <source>{name} is customer {number}.</source>
   <translation>{name} es el cliente {number}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.answers</name>
  <message>
   <source>Answer this first, or leave it with Esc.</source>
   <translation>Primero responda a esto, o salga con Esc.</translation>
  </message>
  <message>
   <source>Type it first, or leave it with Esc.</source>
   <translation>Escríbalo primero, o déjelo con Esc.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.approval</name>
  <message>
   <source>Say why; a reason is not blank.</source>
   <translation>Diga por qué; el motivo no puede estar vacío.</translation>
  </message>
  <message>
   <source>This is not done without a second person.</source>
   <translation>Esto no se hace sin una segunda persona.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.beside</name>
  <message>
   <source>A ticket</source>
   <translation>Una venta</translation>
  </message>
  <message>
   <source>Abandon this ticket</source>
   <translation>Abandonar esta venta</translation>
  </message>
  <message>
   <source>Abandoned.</source>
   <translation>Venta abandonada.</translation>
  </message>
  <message>
   <source>Abandoned. Hand back {amount}.</source>
   <translation>Venta abandonada. Devuelva {amount}.</translation>
  </message>
  <message>
   <source>Could not pay</source>
   <translation>No pudo pagar</translation>
  </message>
  <message>
   <source>Count a drop</source>
   <translation>Contar un retiro</translation>
  </message>
  <message>
   <source>Count what goes to the safe.</source>
   <translation>Cuente lo que va a la caja fuerte.</translation>
  </message>
  <message>
   <source>Customer left</source>
   <translation>El cliente se fue</translation>
  </message>
  <message>
   <source>Customer will come back</source>
   <translation>El cliente va a volver</translation>
  </message>
  <message>
   <source>Drop from drawer {drawer}</source>
   <translation>Retiro de la caja {drawer}</translation>
  </message>
  <message>
   <source>Drop from drawer {drawer}: who receives it?</source>
   <translation>Retiro de la caja {drawer}: ¿quién lo recibe?</translation>
  </message>
  <message>
   <source>Drop {drop} of {amount} is in the safe.</source>
   <translation>El retiro {drop} de {amount} está en la caja fuerte.</translation>
  </message>
  <message>
   <source>Find the customer first.</source>
   <translation>Busque primero al cliente.</translation>
  </message>
  <message>
   <source>Make change</source>
   <translation>Dar cambio</translation>
  </message>
  <message>
   <source>No ticket is parked.</source>
   <translation>No hay ninguna venta apartada.</translation>
  </message>
  <message>
   <source>Only a question</source>
   <translation>Solo era una pregunta</translation>
  </message>
  <message>
   <source>Open the drawer, no sale</source>
   <translation>Abrir la caja sin venta</translation>
  </message>
  <message>
   <source>Park or finish this ticket first (F4 parks it).</source>
   <translation>Primero aparte o termine esta venta (F4 la aparta).</translation>
  </message>
  <message>
   <source>Parked: {name}, {amount}. F5 recalls it.</source>
   <translation>Apartada: {name}, {amount}. F5 la recupera.</translation>
  </message>
  <message>
   <source>Put money right</source>
   <translation>Poner el dinero en orden</translation>
  </message>
  <message>
   <source>Ready for a scan.</source>
   <translation>Listo para escanear.</translation>
  </message>
  <message>
   <source>Test the drawer</source>
   <translation>Probar la caja</translation>
  </message>
  <message>
   <source>The count of the drop</source>
   <translation>El conteo del retiro</translation>
  </message>
  <message>
   <source>The drawer is open. Reason: {reason}.</source>
   <translation>La caja está abierta. Motivo: {reason}.</translation>
  </message>
  <message>
   <source>There is no customer {number}.</source>
   <translation>No hay ningún cliente {number}.</translation>
  </message>
  <message>
   <source>There is no receipt yet in a drawer of yours; type or scan a receipt's number.</source>
   <translation>Todavía no hay ningún recibo en una caja suya; escriba o escanee el número de un recibo.</translation>
  </message>
  <message>
   <source>There is no ticket to abandon.</source>
   <translation>No hay ninguna venta que abandonar.</translation>
  </message>
  <message>
   <source>There is nothing counted.</source>
   <translation>No hay nada contado.</translation>
  </message>
  <message>
   <source>Which ticket?</source>
   <translation>¿Cuál venta?</translation>
  </message>
  <message>
   <source>Who is paying?</source>
   <translation>¿Quién paga?</translation>
  </message>
  <message>
   <source>Wrong ticket</source>
   <translation>Venta equivocada</translation>
  </message>
  <message>
   <source>a ticket</source>
   <translation>una venta</translation>
  </message>
  <message>
   <source>parked by {name}</source>
   <translation>apartada por {name}</translation>
  </message>
  <message>
   <source>{name} has no open drawer; open one first.</source>
   <translation>{name} no tiene ninguna caja abierta; abra una primero.</translation>
  </message>
  <message>
   <source>{name} owes nothing more.</source>
   <translation>{name} no debe nada más.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.close_drawer</name>
  <message>
   <source>Close a drawer</source>
   <translation>Cerrar una caja</translation>
  </message>
  <message>
   <source>Count cash, checks and cards first.</source>
   <translation>Primero cuente el efectivo, los cheques y las tarjetas.</translation>
  </message>
  <message>
   <source>Count drawer {drawer} again, {day}</source>
   <translation>Contar otra vez la caja {drawer}, {day}</translation>
  </message>
  <message>
   <source>Count drawer {drawer}, {day}</source>
   <translation>Contar la caja {drawer}, {day}</translation>
  </message>
  <message>
   <source>Drawer {drawer} is closed. The lead counts it next.</source>
   <translation>La caja {drawer} está cerrada. Ahora la cuenta el encargado(a) de cajas.</translation>
  </message>
  <message>
   <source>{name} has no drawer to close.</source>
   <translation>{name} no tiene ninguna caja que cerrar.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.counter</name>
  <message>
   <source>Locked. Names and amounts are hidden.</source>
   <translation>Bloqueado. Los nombres y los importes están ocultos.</translation>
  </message>
  <message>
   <source>No other window of this site listens yet.</source>
   <translation>Ninguna otra ventanilla de este lugar escucha todavía.</translation>
  </message>
  <message>
   <source>Scan a bill or type what is wanted first.</source>
   <translation>Primero escanee una factura o escriba lo que se desea.</translation>
  </message>
  <message>
   <source>Scan a bill, or type a name, an address, an account, a receipt, a license or a fee. Ctrl+K lists every command.</source>
   <translation>Escanee una factura, o escriba un nombre, una dirección, una cuenta, un recibo, una licencia o una tarifa. Ctrl+K muestra todos los comandos.</translation>
  </message>
  <message>
   <source>Scan or type the next thing.
Enter takes the money.</source>
   <translation>Escanee o escriba lo siguiente.
Enter recibe el dinero.</translation>
  </message>
  <message>
   <source>The line is off the ticket. Ctrl+Z brings it back.</source>
   <translation>El renglón ya no está en la venta. Ctrl+Z lo devuelve.</translation>
  </message>
  <message>
   <source>This is {name}'s ticket: F4 parks it.</source>
   <translation>Esta venta es de {name}: F4 la aparta.</translation>
  </message>
  <message>
   <source>{n} ticket of yours is parked (F5).</source>
   <translation>Tiene {n} venta apartada (F5).</translation>
  </message>
  <message>
   <source>{n} tickets of yours are parked (F5).</source>
   <translation>Tiene {n} ventas apartadas (F5).</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.counter_speed</name>
  <message>
   <source>Counter speed</source>
   <translation>Rapidez de la ventanilla</translation>
  </message>
  <message>
   <source>No payment was timed yet. A ticket is timed from its first line to its receipt, unless it was interrupted.</source>
   <translation>Todavía no se midió ningún pago. Una venta se mide desde su primer renglón hasta su recibo, si no se interrumpió.</translation>
  </message>
  <message>
   <source>Of this window as a whole: whose payments they were is not kept.</source>
   <translation>De toda esta ventanilla: no se guarda de quién fueron los pagos.</translation>
  </message>
  <message>
   <source>Several tenders</source>
   <translation>Varias formas de pago</translation>
  </message>
  <message>
   <source>That is the newest week.</source>
   <translation>Esa es la semana más reciente.</translation>
  </message>
  <message>
   <source>That is the oldest week.</source>
   <translation>Esa es la semana más antigua.</translation>
  </message>
  <message>
   <source>With a license</source>
   <translation>Con una licencia</translation>
  </message>
  <message>
   <source>no figure yet</source>
   <translation>sin cifra todavía</translation>
  </message>
  <message>
   <source>{n} payment</source>
   <translation>{n} pago</translation>
  </message>
  <message>
   <source>{n} payments</source>
   <translation>{n} pagos</translation>
  </message>
  <message>
   <source>{payments}; from {least} on there is one</source>
   <translation>{payments}; a partir de {least} se da una cifra</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
  <message>
   <source>{site}, week of {day}</source>
   <translation>{site}, semana del {day}</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.counting</name>
  <message>
   <source>A check is more than nothing.</source>
   <translation>Un cheque vale más que cero.</translation>
  </message>
  <message>
   <source>Check {number}</source>
   <translation>Cheque {number}</translation>
  </message>
  <message>
   <source>Count every piece, the float included.</source>
   <translation>Cuente todas las piezas, incluido el fondo de cambio.</translation>
  </message>
  <message>
   <source>Enter locks the count; Esc goes back.</source>
   <translation>Enter cierra el conteo; Esc vuelve atrás.</translation>
  </message>
  <message>
   <source>Now: {what}</source>
   <translation>Ahora: {what}</translation>
  </message>
  <message>
   <source>The sum of the card slips, then Enter; Enter alone when there are none.</source>
   <translation>La suma de los comprobantes de tarjeta y luego Enter; Enter solo si no hay ninguno.</translation>
  </message>
  <message>
   <source>Type each check and money order and Enter; Enter alone goes on.</source>
   <translation>Escriba cada cheque y giro postal y Enter; Enter solo sigue adelante.</translation>
  </message>
  <message>
   <source>You were counting here; what you counted is still there.</source>
   <translation>Usted estaba contando aquí; lo que contó sigue ahí.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.desks</name>
  <message>
   <source>Accounts</source>
   <translation>Cuentas</translation>
  </message>
  <message>
   <source>Counter</source>
   <translation>Ventanilla</translation>
  </message>
  <message>
   <source>Deposits</source>
   <translation>Depósitos</translation>
  </message>
  <message>
   <source>Drawers</source>
   <translation>Cajas</translation>
  </message>
  <message>
   <source>My drawer</source>
   <translation>Mi caja</translation>
  </message>
  <message>
   <source>People</source>
   <translation>Personal</translation>
  </message>
  <message>
   <source>Register</source>
   <translation>Recibos</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Ajustes</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.details</name>
  <message>
   <source>A whole number.</source>
   <translation>Un número entero.</translation>
  </message>
  <message>
   <source>An amount</source>
   <translation>Un importe</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Código</translation>
  </message>
  <message>
   <source>Dollars, like 83.17.</source>
   <translation>Dólares, como 83.17.</translation>
  </message>
  <message>
   <source>Enter goes on, arrows walk; F9 ends the form.</source>
   <translation>Enter sigue, las flechas recorren; F9 termina el formulario.</translation>
  </message>
  <message>
   <source>Finish the details first, or leave them with Esc.</source>
   <translation>Primero termine los datos, o salga de ellos con Esc.</translation>
  </message>
  <message>
   <source>Month, day, year: 112326.</source>
   <translation>Mes, día, año: 112326.</translation>
  </message>
  <message>
   <source>No</source>
   <translation>No</translation>
  </message>
  <message>
   <source>The form</source>
   <translation>El formulario</translation>
  </message>
  <message>
   <source>Type the amount of {fee}.</source>
   <translation>Escriba el importe de {fee}.</translation>
  </message>
  <message>
   <source>Type the amount, then Enter or /.</source>
   <translation>Escriba el importe y luego Enter o /.</translation>
  </message>
  <message>
   <source>Which account is it for?</source>
   <translation>¿Para cuál cuenta es?</translation>
  </message>
  <message>
   <source>Y or N.</source>
   <translation>Y (sí) o N (no).</translation>
  </message>
  <message>
   <source>Yes</source>
   <translation>Sí</translation>
  </message>
  <message>
   <source>{fee} needs: {field}.</source>
   <translation>{fee} necesita: {field}.</translation>
  </message>
  <message>
   <source>{field}: type Y or N.</source>
   <translation>{field}: escriba Y (sí) o N (no).</translation>
  </message>
  <message>
   <source>{field}: type a whole number.</source>
   <translation>{field}: escriba un número entero.</translation>
  </message>
  <message>
   <source>{licence}: who is it for?</source>
   <translation>{licence}: ¿para quién es?</translation>
  </message>
  <message>
   <source>{name}, account {account}, owes nothing; type an amount to pay ahead.</source>
   <translation>{name}, cuenta {account}, no debe nada; escriba un importe para pagar por adelantado.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.explain</name>
  <message>
   <source>It pays: {what}.</source>
   <translation>Paga: {what}.</translation>
  </message>
  <message>
   <source>{fee} ({code}): {formula}.</source>
   <translation>{fee} ({code}): {formula}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.find</name>
  <message>
   <source>1 found for “{text}”</source>
   <translation>1 resultado para “{text}”</translation>
  </message>
  <message>
   <source>Register “{name}” as a new customer</source>
   <translation>Registrar a “{name}” como cliente nuevo</translation>
  </message>
  <message>
   <source>Scan, or type a name, an address, a phone or an account.</source>
   <translation>Escanee, o escriba un nombre, una dirección, un teléfono o una cuenta.</translation>
  </message>
  <message>
   <source>Use the name “{name}”</source>
   <translation>Usar el nombre “{name}”</translation>
  </message>
  <message>
   <source>{n} found for “{text}”</source>
   <translation>{n} resultados para “{text}”</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.finish</name>
  <message>
   <source>Change due</source>
   <translation>Cambio a entregar</translation>
  </message>
  <message>
   <source>Have you seen</source>
   <translation>¿Ha visto?</translation>
  </message>
  <message>
   <source>Oops (F11)</source>
   <translation>Corregir (F11)</translation>
  </message>
  <message>
   <source>Paid, no change</source>
   <translation>Pagado, sin cambio</translation>
  </message>
  <message>
   <source>Receipt {number}</source>
   <translation>Recibo {number}</translation>
  </message>
  <message>
   <source>good until {day}</source>
   <translation>válida hasta el {day}</translation>
  </message>
  <message>
   <source>{tender} over the ticket, kept as credit</source>
   <translation>{tender} mayor que la venta; el resto queda como saldo a favor</translation>
  </message>
  <message>
   <source>“{typed}” is not taken yet: press its tender key first (F8 cash, F6 check, F7 card).</source>
   <translation>“{typed}” todavía no se ha tomado: primero oprima la tecla de su forma de pago (F8 efectivo, F6 cheque, F7 tarjeta).</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.found</name>
  <message>
   <source>Enter adds the marked one; + the next balance, ++ all.</source>
   <translation>Enter agrega lo marcado; + el siguiente saldo, ++ todos.</translation>
  </message>
  <message>
   <source>Good until</source>
   <translation>Válida hasta</translation>
  </message>
  <message>
   <source>Holder</source>
   <translation>Titular</translation>
  </message>
  <message>
   <source>No fee of the schedule takes money for an account.</source>
   <translation>Ninguna tarifa del tarifario recibe dinero para una cuenta.</translation>
  </message>
  <message>
   <source>Renew</source>
   <translation>Renovar</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Estado</translation>
  </message>
  <message>
   <source>There is no license {number}.</source>
   <translation>No hay ninguna licencia {number}.</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Tipo</translation>
  </message>
  <message>
   <source>Type what they want.</source>
   <translation>Escriba lo que desea.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.hand_out</name>
  <message>
   <source>Few {pieces} left; ask for change when it is quiet.</source>
   <translation>Quedan pocas piezas de {pieces}; pida cambio cuando haya calma.</translation>
  </message>
  <message>
   <source>{number} × {name}</source>
   <translation>{number} × {name}</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.keys</name>
  <message>
   <source>Abandon the ticket</source>
   <translation>Abandonar la venta</translation>
  </message>
  <message>
   <source>Add all balances of this customer</source>
   <translation>Agregar todos los saldos de este cliente</translation>
  </message>
  <message>
   <source>Add the next balance of this customer</source>
   <translation>Agregar el siguiente saldo de este cliente</translation>
  </message>
  <message>
   <source>Back to the box</source>
   <translation>Volver a la casilla</translation>
  </message>
  <message>
   <source>Call the lead, quietly</source>
   <translation>Llamar discretamente al encargado(a) de cajas</translation>
  </message>
  <message>
   <source>Colors: light, dark, high contrast</source>
   <translation>Colores: claro, oscuro, alto contraste</translation>
  </message>
  <message>
   <source>Drop cash to the safe</source>
   <translation>Retirar efectivo a la caja fuerte</translation>
  </message>
  <message>
   <source>Enter on the empty box</source>
   <translation>Enter con la casilla vacía</translation>
  </message>
  <message>
   <source>Every command</source>
   <translation>Todos los comandos</translation>
  </message>
  <message>
   <source>Exact cash, on the empty box</source>
   <translation>Efectivo exacto, con la casilla vacía</translation>
  </message>
  <message>
   <source>Explain</source>
   <translation>Explicar</translation>
  </message>
  <message>
   <source>Finish</source>
   <translation>Terminar</translation>
  </message>
  <message>
   <source>Go to tender</source>
   <translation>Ir al pago</translation>
  </message>
  <message>
   <source>Language: English, Español</source>
   <translation>Idioma: English, español</translation>
  </message>
  <message>
   <source>Larger letters</source>
   <translation>Letras más grandes</translation>
  </message>
  <message>
   <source>Last receipt: copy, wrong tender, wrong account, void</source>
   <translation>Último recibo: copia, forma de pago equivocada, cuenta equivocada, anulación</translation>
  </message>
  <message>
   <source>Leave this field</source>
   <translation>Salir de este campo</translation>
  </message>
  <message>
   <source>Letters at 100 percent again</source>
   <translation>Letras otra vez al 100 por ciento</translation>
  </message>
  <message>
   <source>Lock or change person</source>
   <translation>Bloquear o cambiar de persona</translation>
  </message>
  <message>
   <source>Park this ticket</source>
   <translation>Apartar esta venta</translation>
  </message>
  <message>
   <source>Pay the typed amount on this line</source>
   <translation>Pagar en este renglón el importe escrito</translation>
  </message>
  <message>
   <source>Recall a parked ticket</source>
   <translation>Recuperar una venta apartada</translation>
  </message>
  <message>
   <source>Remove this line, on the empty box; Delete does too</source>
   <translation>Quitar este renglón, con la casilla vacía; también con Supr</translation>
  </message>
  <message>
   <source>Search, or take the chosen result</source>
   <translation>Buscar, o tomar el resultado elegido</translation>
  </message>
  <message>
   <source>Set the typed quantity</source>
   <translation>Poner la cantidad escrita</translation>
  </message>
  <message>
   <source>Smaller letters</source>
   <translation>Letras más pequeñas</translation>
  </message>
  <message>
   <source>Sounds on or off</source>
   <translation>Activar o desactivar los sonidos</translation>
  </message>
  <message>
   <source>Take another PIN</source>
   <translation>Elegir otro PIN</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Deshacer</translation>
  </message>
  <message>
   <source>Who is paying</source>
   <translation>Quién paga</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.last_receipt</name>
  <message>
   <source>A void is asked for.</source>
   <translation>Se ha pedido una anulación.</translation>
  </message>
  <message>
   <source>Accept the void</source>
   <translation>Aceptar la anulación</translation>
  </message>
  <message>
   <source>Ask the lead: only a lead, a supervisor or finance moves a payment. Or void the receipt (V).</source>
   <translation>Pídalo al encargado(a) de cajas: solo encargados, supervisores o finanzas mueven un pago. O anule el recibo (V).</translation>
  </message>
  <message>
   <source>Copy {n} of receipt {number} is printing.</source>
   <translation>Se está imprimiendo la copia {n} del recibo {number}.</translation>
  </message>
  <message>
   <source>Correct the tender of {number}</source>
   <translation>Corregir la forma de pago de {number}</translation>
  </message>
  <message>
   <source>Customer changed their mind</source>
   <translation>El cliente cambió de opinión</translation>
  </message>
  <message>
   <source>Drawer {drawer} is counted already: refund it.</source>
   <translation>La caja {drawer} ya está contada: haga un reembolso.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is counted already; refund the receipt instead.</source>
   <translation>La caja {drawer} ya está contada; mejor reembolse el recibo.</translation>
  </message>
  <message>
   <source>Entered twice</source>
   <translation>Registrado dos veces</translation>
  </message>
  <message>
   <source>F6 check, F7 card, F8 cash, Shift+F6 money order.</source>
   <translation>F6 cheque, F7 tarjeta, F8 efectivo, Shift+F6 giro postal.</translation>
  </message>
  <message>
   <source>Give back in cash</source>
   <translation>Devuelva en efectivo</translation>
  </message>
  <message>
   <source>Hand back the check</source>
   <translation>Devuelva el cheque</translation>
  </message>
  <message>
   <source>Hand back the money order</source>
   <translation>Devuelva el giro postal</translation>
  </message>
  <message>
   <source>It says</source>
   <translation>Dice</translation>
  </message>
  <message>
   <source>It was</source>
   <translation>Fue</translation>
  </message>
  <message>
   <source>Line {n} of receipt {number} is on account {account} now.</source>
   <translation>El renglón {n} del recibo {number} ahora está en la cuenta {account}.</translation>
  </message>
  <message>
   <source>Move a payment to account {account}</source>
   <translation>Mover un pago a la cuenta {account}</translation>
  </message>
  <message>
   <source>Nobody is here: ask for the void</source>
   <translation>No hay nadie: pedir la anulación</translation>
  </message>
  <message>
   <source>One key, or Enter.</source>
   <translation>Una tecla, o Enter.</translation>
  </message>
  <message>
   <source>Press the key of the right tender.</source>
   <translation>Oprima la tecla de la forma de pago correcta.</translation>
  </message>
  <message>
   <source>Print a copy</source>
   <translation>Imprimir una copia</translation>
  </message>
  <message>
   <source>Receipt {number} has no payment on an account.</source>
   <translation>El recibo {number} no tiene ningún pago en una cuenta.</translation>
  </message>
  <message>
   <source>Receipt {number} is void ({void})</source>
   <translation>El recibo {number} está anulado ({void})</translation>
  </message>
  <message>
   <source>Received</source>
   <translation>Recibido</translation>
  </message>
  <message>
   <source>Reject the void</source>
   <translation>Rechazar la anulación</translation>
  </message>
  <message>
   <source>Take the voided receipt back.</source>
   <translation>Recoja el recibo anulado.</translation>
  </message>
  <message>
   <source>The check of this receipt came back.</source>
   <translation>El cheque de este recibo fue devuelto.</translation>
  </message>
  <message>
   <source>The right tender</source>
   <translation>La forma de pago correcta</translation>
  </message>
  <message>
   <source>The void of receipt {number} is rejected; the receipt stands.</source>
   <translation>La anulación del recibo {number} fue rechazada; el recibo sigue vigente.</translation>
  </message>
  <message>
   <source>The void of {number} is asked for. It counts as not done until it is approved.</source>
   <translation>Se ha pedido la anulación de {number}. No cuenta como hecha hasta que se apruebe.</translation>
  </message>
  <message>
   <source>This receipt is refunded.</source>
   <translation>Este recibo está reembolsado.</translation>
  </message>
  <message>
   <source>This receipt is voided.</source>
   <translation>Este recibo está anulado.</translation>
  </message>
  <message>
   <source>Total</source>
   <translation>Total</translation>
  </message>
  <message>
   <source>Type its number, then Enter.</source>
   <translation>Escriba su número y luego Enter.</translation>
  </message>
  <message>
   <source>Type the number first.</source>
   <translation>Primero escriba el número.</translation>
  </message>
  <message>
   <source>Void</source>
   <translation>Anular</translation>
  </message>
  <message>
   <source>Void receipt {number}</source>
   <translation>Anular el recibo {number}</translation>
  </message>
  <message>
   <source>Void the card on the terminal</source>
   <translation>Anule la tarjeta en la terminal</translation>
  </message>
  <message>
   <source>What was it really?</source>
   <translation>¿Qué fue en realidad?</translation>
  </message>
  <message>
   <source>Which account was meant?</source>
   <translation>¿Cuál era la cuenta correcta?</translation>
  </message>
  <message>
   <source>Which payment is on the wrong account?</source>
   <translation>¿Cuál pago está en la cuenta equivocada?</translation>
  </message>
  <message>
   <source>Which tender is wrong?</source>
   <translation>¿Cuál forma de pago está equivocada?</translation>
  </message>
  <message>
   <source>Wrong account</source>
   <translation>Cuenta equivocada</translation>
  </message>
  <message>
   <source>Wrong amount</source>
   <translation>Importe equivocado</translation>
  </message>
  <message>
   <source>Wrong item</source>
   <translation>Concepto equivocado</translation>
  </message>
  <message>
   <source>Wrong tender</source>
   <translation>Forma de pago equivocada</translation>
  </message>
  <message>
   <source>no reason is kept</source>
   <translation>no se guarda ningún motivo</translation>
  </message>
  <message>
   <source>{amount} of receipt {number} is now: {tender}.</source>
   <translation>{amount} del recibo {number} ahora es: {tender}.</translation>
  </message>
  <message>
   <source>{name} asks for a void: {reason}.</source>
   <translation>{name} pide una anulación: {reason}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.list_desk</name>
  <message>
   <source>Esc goes back.</source>
   <translation>Esc vuelve atrás.</translation>
  </message>
  <message>
   <source>Keys for what is shown: {keys}.</source>
   <translation>Teclas para lo que se muestra: {keys}.</translation>
  </message>
  <message>
   <source>Nothing is asked here.</source>
   <translation>Aquí no se pregunta nada.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.make_deposit</name>
  <message>
   <source>1 piece</source>
   <translation>1 pieza</translation>
  </message>
  <message>
   <source>Deposit</source>
   <translation>Depósito</translation>
  </message>
  <message>
   <source>Deposit {deposit}</source>
   <translation>Depósito {deposit}</translation>
  </message>
  <message>
   <source>Deposit {deposit} is on its way.</source>
   <translation>El depósito {deposit} va en camino.</translation>
  </message>
  <message>
   <source>Deposit {deposit} of {amount} is made up.</source>
   <translation>El depósito {deposit} de {amount} está hecho.</translation>
  </message>
  <message>
   <source>No verified drawer is in the bag.</source>
   <translation>No hay ninguna caja verificada en la bolsa.</translation>
  </message>
  <message>
   <source>Say who takes the bag.</source>
   <translation>Diga quién se lleva la bolsa.</translation>
  </message>
  <message>
   <source>Say why this check is held.</source>
   <translation>Diga por qué se retiene este cheque.</translation>
  </message>
  <message>
   <source>Scan or type the serial of the bag.</source>
   <translation>Escanee o escriba el número de serie de la bolsa.</translation>
  </message>
  <message>
   <source>bag {bag}</source>
   <translation>bolsa {bag}</translation>
  </message>
  <message>
   <source>confirmed</source>
   <translation>confirmado</translation>
  </message>
  <message>
   <source>differs</source>
   <translation>no coincide</translation>
  </message>
  <message>
   <source>even</source>
   <translation>sin diferencia</translation>
  </message>
  <message>
   <source>held: {reason}</source>
   <translation>retenido: {reason}</translation>
  </message>
  <message>
   <source>in the bag</source>
   <translation>en la bolsa</translation>
  </message>
  <message>
   <source>made</source>
   <translation>hecho</translation>
  </message>
  <message>
   <source>over {amount}</source>
   <translation>sobrante {amount}</translation>
  </message>
  <message>
   <source>short {amount}</source>
   <translation>faltante {amount}</translation>
  </message>
  <message>
   <source>{pieces} pieces</source>
   <translation>{pieces} piezas</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.open_drawer</name>
  <message>
   <source>Drawer {drawer} is open with {amount}.</source>
   <translation>La caja {drawer} está abierta con {amount}.</translation>
  </message>
  <message>
   <source>Open a drawer</source>
   <translation>Abrir una caja</translation>
  </message>
  <message>
   <source>You have drawer {drawer} open.</source>
   <translation>Usted tiene abierta la caja {drawer}.</translation>
  </message>
  <message>
   <source>closed, waits for its count</source>
   <translation>cerrada, espera su conteo</translation>
  </message>
  <message>
   <source>free</source>
   <translation>libre</translation>
  </message>
  <message>
   <source>open with {name} since {day}</source>
   <translation>abierta con {name} desde el {day}</translation>
  </message>
  <message>
   <source>{name} takes no money; {who} does.</source>
   <translation>{name} no recibe dinero; lo recibe: {who}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.own_pin</name>
  <message>
   <source>Somebody else made your PIN and saw it. Take one that only you know.</source>
   <translation>Otra persona hizo su PIN y lo vio. Elija uno que solo usted sepa.</translation>
  </message>
  <message>
   <source>Take another PIN; the old one stops at once.</source>
   <translation>Elija otro PIN; el anterior deja de servir en el acto.</translation>
  </message>
  <message>
   <source>The two new PINs differ; type them again.</source>
   <translation>Los dos PIN nuevos no coinciden; escríbalos otra vez.</translation>
  </message>
  <message>
   <source>Your new PIN is in force.</source>
   <translation>Su PIN nuevo está vigente.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.paged_desk</name>
  <message>
   <source>Nothing is here yet.</source>
   <translation>Todavía no hay nada aquí.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.palette</name>
  <message>
   <source>Find a receipt</source>
   <translation>Buscar un recibo</translation>
  </message>
  <message>
   <source>Go to {desk}</source>
   <translation>Ir a {desk}</translation>
  </message>
  <message>
   <source>No command is called that.</source>
   <translation>Ningún comando se llama así.</translation>
  </message>
  <message>
   <source>Not yours; {who} may.</source>
   <translation>No le corresponde; lo hace: {who}.</translation>
  </message>
  <message>
   <source>Nothing is due any more.</source>
   <translation>Ya no falta nada por pagar.</translation>
  </message>
  <message>
   <source>Only at the counter.</source>
   <translation>Solo en la ventanilla.</translation>
  </message>
  <message>
   <source>Refund a receipt</source>
   <translation>Reembolsar un recibo</translation>
  </message>
  <message>
   <source>There is no ticket.</source>
   <translation>No hay ninguna venta.</translation>
  </message>
  <message>
   <source>Turn shortcut tips off</source>
   <translation>Apagar los consejos de teclas</translation>
  </message>
  <message>
   <source>Turn shortcut tips on</source>
   <translation>Encender los consejos de teclas</translation>
  </message>
  <message>
   <source>You have no open drawer; open one first.</source>
   <translation>Usted no tiene una caja abierta; abra una primero.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.people</name>
  <message>
   <source>+ adds somebody, arrows walk.</source>
   <translation>+ agrega a alguien, las flechas recorren.</translation>
  </message>
  <message>
   <source>Another name</source>
   <translation>Otro nombre</translation>
  </message>
  <message>
   <source>Another role</source>
   <translation>Otro puesto</translation>
  </message>
  <message>
   <source>As screens and receipts show it.</source>
   <translation>Como lo muestran las pantallas y los recibos.</translation>
  </message>
  <message>
   <source>Confirms at the bank, exports, decides on settings</source>
   <translation>Confirma con el banco, exporta, decide los ajustes</translation>
  </message>
  <message>
   <source>Give a badge</source>
   <translation>Dar una credencial</translation>
  </message>
  <message>
   <source>Last signed in</source>
   <translation>Última entrada</translation>
  </message>
  <message>
   <source>Makes deposits, verifies, approves, decides on settings</source>
   <translation>Hace depósitos, verifica, aprueba, decide los ajustes</translation>
  </message>
  <message>
   <source>Manages people and nothing else</source>
   <translation>Administra el personal y nada más</translation>
  </message>
  <message>
   <source>New password and PIN</source>
   <translation>Contraseña y PIN nuevos</translation>
  </message>
  <message>
   <source>PIN</source>
   <translation>PIN</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>Contraseña</translation>
  </message>
  <message>
   <source>Role</source>
   <translation>Puesto</translation>
  </message>
  <message>
   <source>Sees everything, changes nothing</source>
   <translation>Ve todo, no cambia nada</translation>
  </message>
  <message>
   <source>Shown this once. Hand it over on paper; {name} signs in with it and then takes an own PIN.</source>
   <translation>Se muestra una sola vez. Entréguelo en papel; {name} entra con esto y luego elige su propio PIN.</translation>
  </message>
  <message>
   <source>Shown this once: write it into the badge. It approves after {name} signed in.</source>
   <translation>Se muestra una sola vez: escríbalo en la credencial. Aprueba después de que {name} entre.</translation>
  </message>
  <message>
   <source>Signs in as</source>
   <translation>Entra como</translation>
  </message>
  <message>
   <source>Small letters, like maria.</source>
   <translation>Letras minúsculas, como maria.</translation>
  </message>
  <message>
   <source>Somebody new</source>
   <translation>Alguien nuevo</translation>
  </message>
  <message>
   <source>Take the badge back</source>
   <translation>Retirar la credencial</translation>
  </message>
  <message>
   <source>Takes money in an own drawer</source>
   <translation>Cobra en su propia caja</translation>
  </message>
  <message>
   <source>The badge of {name}</source>
   <translation>La credencial de {name}</translation>
  </message>
  <message>
   <source>The badge opens nothing any more.</source>
   <translation>La credencial ya no abre nada.</translation>
  </message>
  <message>
   <source>The name is changed.</source>
   <translation>El nombre ha cambiado.</translation>
  </message>
  <message>
   <source>The name stays on old receipts. Esc leaves everything as it is.</source>
   <translation>El nombre queda en los recibos anteriores. Esc deja todo como está.</translation>
  </message>
  <message>
   <source>The role is changed.</source>
   <translation>El puesto ha cambiado.</translation>
  </message>
  <message>
   <source>Verifies drawers, approves, takes money as cover</source>
   <translation>Verifica cajas, aprueba, cobra como suplente</translation>
  </message>
  <message>
   <source>What is {name} here?</source>
   <translation>¿Qué puesto tiene {name} aquí?</translation>
  </message>
  <message>
   <source>What the badge's code says</source>
   <translation>Lo que dice el código de la credencial</translation>
  </message>
  <message>
   <source>Yes, {name} no longer works here</source>
   <translation>Sí, {name} ya no trabaja aquí</translation>
  </message>
  <message>
   <source>never</source>
   <translation>nunca</translation>
  </message>
  <message>
   <source>{name} can no longer sign in.</source>
   <translation>{name} ya no puede entrar.</translation>
  </message>
  <message>
   <source>{name} signs in with</source>
   <translation>{name} entra con</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.place</name>
  <message>
   <source>A line is off the ticket: {why}</source>
   <translation>Se quitó un renglón de la venta: {why}</translation>
  </message>
  <message>
   <source>Hand back {amount}.</source>
   <translation>Devuelva {amount}.</translation>
  </message>
  <message>
   <source>The last payment is recorded: receipt {number}, change {change}.</source>
   <translation>El último pago quedó registrado: recibo {number}, cambio {change}.</translation>
  </message>
  <message>
   <source>You were here: {lines}, {money}. Nothing was paid yet.</source>
   <translation>Usted estaba aquí: {lines}, {money}. Todavía no se ha cobrado nada.</translation>
  </message>
  <message>
   <source>{amount} card tendered</source>
   <translation>{amount} recibidos con tarjeta</translation>
  </message>
  <message>
   <source>{amount} cash tendered</source>
   <translation>{amount} recibidos en efectivo</translation>
  </message>
  <message>
   <source>{amount} check tendered</source>
   <translation>{amount} recibidos en cheque</translation>
  </message>
  <message>
   <source>{amount} money order tendered</source>
   <translation>{amount} recibidos en giro postal</translation>
  </message>
  <message>
   <source>{amount} tendered</source>
   <translation>{amount} recibidos</translation>
  </message>
  <message>
   <source>{amount} to pay</source>
   <translation>{amount} por pagar</translation>
  </message>
  <message>
   <source>{line} was {before} and is {now} now.</source>
   <translation>{line} era {before} y ahora es {now}.</translation>
  </message>
  <message>
   <source>{n} line</source>
   <translation>{n} renglón</translation>
  </message>
  <message>
   <source>{n} lines</source>
   <translation>{n} renglones</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.receipt_facts</name>
  <message>
   <source>Changed</source>
   <translation>Modificado</translation>
  </message>
  <message>
   <source>Check returned</source>
   <translation>Cheque devuelto</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Copia</translation>
  </message>
  <message>
   <source>For</source>
   <translation>Por</translation>
  </message>
  <message>
   <source>Given its purpose</source>
   <translation>Aplicado a su fin</translation>
  </message>
  <message>
   <source>Journal</source>
   <translation>Registro</translation>
  </message>
  <message>
   <source>Lies in</source>
   <translation>Está en</translation>
  </message>
  <message>
   <source>Paper</source>
   <translation>Papel</translation>
  </message>
  <message>
   <source>Payer</source>
   <translation>Quien paga</translation>
  </message>
  <message>
   <source>Payment moved</source>
   <translation>Pago trasladado</translation>
  </message>
  <message>
   <source>Refunded</source>
   <translation>Reembolsado</translation>
  </message>
  <message>
   <source>Refunded in part</source>
   <translation>Reembolsado en parte</translation>
  </message>
  <message>
   <source>Tender corrected</source>
   <translation>Forma de pago corregida</translation>
  </message>
  <message>
   <source>Void asked for</source>
   <translation>Anulación solicitada</translation>
  </message>
  <message>
   <source>Void rejected</source>
   <translation>Anulación rechazada</translation>
  </message>
  <message>
   <source>Voided</source>
   <translation>Anulado</translation>
  </message>
  <message>
   <source>at city hall</source>
   <translation>en la alcaldía</translation>
  </message>
  <message>
   <source>business date {day}</source>
   <translation>fecha contable {day}</translation>
  </message>
  <message>
   <source>copied</source>
   <translation>copia local</translation>
  </message>
  <message>
   <source>copy {n}</source>
   <translation>copia {n}</translation>
  </message>
  <message>
   <source>did not come out</source>
   <translation>no salió</translation>
  </message>
  <message>
   <source>drawer {drawer}, deposit {deposit}</source>
   <translation>caja {drawer}, depósito {deposit}</translation>
  </message>
  <message>
   <source>drawer {drawer}, {state}</source>
   <translation>caja {drawer}, {state}</translation>
  </message>
  <message>
   <source>entry {n}, mark {mark}</source>
   <translation>asiento {n}, marca {mark}</translation>
  </message>
  <message>
   <source>no paper</source>
   <translation>sin papel</translation>
  </message>
  <message>
   <source>nobody knows whether it came out</source>
   <translation>nadie sabe si salió</translation>
  </message>
  <message>
   <source>on paper ✓</source>
   <translation>en papel ✓</translation>
  </message>
  <message>
   <source>sent to the printer</source>
   <translation>enviado a la impresora</translation>
  </message>
  <message>
   <source>taken here</source>
   <translation>registrado aquí</translation>
  </message>
  <message>
   <source>waiting for the printer</source>
   <translation>espera la impresora</translation>
  </message>
  <message>
   <source>{name} approved</source>
   <translation>{name} aprobó</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.refund</name>
  <message>
   <source>All of it</source>
   <translation>Todo</translation>
  </message>
  <message>
   <source>Application withdrawn</source>
   <translation>Solicitud retirada</translation>
  </message>
  <message>
   <source>Back to the card</source>
   <translation>De vuelta a la tarjeta</translation>
  </message>
  <message>
   <source>Cash from the drawer</source>
   <translation>Efectivo de la caja</translation>
  </message>
  <message>
   <source>Check from finance</source>
   <translation>Cheque de finanzas</translation>
  </message>
  <message>
   <source>Credit on the account</source>
   <translation>Crédito en la cuenta</translation>
  </message>
  <message>
   <source>Finance sends a check</source>
   <translation>Finanzas envía un cheque</translation>
  </message>
  <message>
   <source>How does the money go back?</source>
   <translation>¿Cómo se devuelve el dinero?</translation>
  </message>
  <message>
   <source>Paid twice</source>
   <translation>Pagado dos veces</translation>
  </message>
  <message>
   <source>Receipt {number} is refunded ({refund})</source>
   <translation>El recibo {number} está reembolsado ({refund})</translation>
  </message>
  <message>
   <source>Refund receipt {number}: {way}</source>
   <translation>Reembolsar el recibo {number}: {way}</translation>
  </message>
  <message>
   <source>Refund the card on the terminal</source>
   <translation>Reembolse la tarjeta en la terminal</translation>
  </message>
  <message>
   <source>Service not given</source>
   <translation>Servicio no prestado</translation>
  </message>
  <message>
   <source>The refund slip is printing; the customer signs it.</source>
   <translation>Se imprime el comprobante del reembolso; el cliente lo firma.</translation>
  </message>
  <message>
   <source>The request is {request}; its warrant number is keyed back later.</source>
   <translation>La solicitud es {request}; el número de la orden de pago se registra después.</translation>
  </message>
  <message>
   <source>What is refunded?</source>
   <translation>¿Qué se reembolsa?</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.register</name>
  <message>
   <source>Amount</source>
   <translation>Importe</translation>
  </message>
  <message>
   <source>Amounts of a drawer that is not verified are not listed.</source>
   <translation>No se listan los importes de una caja que no está verificada.</translation>
  </message>
  <message>
   <source>Approved by</source>
   <translation>Aprobado por</translation>
  </message>
  <message>
   <source>Cash brought</source>
   <translation>Efectivo traído</translation>
  </message>
  <message>
   <source>Cash dropped</source>
   <translation>Retiro de efectivo</translation>
  </message>
  <message>
   <source>Drawer</source>
   <translation>Caja</translation>
  </message>
  <message>
   <source>No receipt is here yet.</source>
   <translation>Todavía no hay recibos.</translation>
  </message>
  <message>
   <source>Nothing of this is here. Esc shows everything again.</source>
   <translation>No hay nada de esto. Esc muestra todo otra vez.</translation>
  </message>
  <message>
   <source>Number, name, account, $83.17, 112326, drawer or “void”</source>
   <translation>Número, nombre, cuenta, $83.17, 112326, caja o “anulaciones”</translation>
  </message>
  <message>
   <source>Receipt voided</source>
   <translation>Recibo anulado</translation>
  </message>
  <message>
   <source>Register of receipts</source>
   <translation>Libro de recibos</translation>
  </message>
  <message>
   <source>Ticket abandoned</source>
   <translation>Venta abandonada</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Qué</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Cuándo</translation>
  </message>
  <message>
   <source>Who</source>
   <translation>Quién</translation>
  </message>
  <message>
   <source>sums come when your own drawer is verified</source>
   <translation>las sumas aparecen cuando su propia caja esté verificada</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.register_question</name>
  <message>
   <source>By {name}</source>
   <translation>Por {name}</translation>
  </message>
  <message>
   <source>Newest first</source>
   <translation>Lo más reciente</translation>
  </message>
  <message>
   <source>Nothing found for “{text}”. Try a number, a name, an account, $83.17, a day or void.</source>
   <translation>No se encontró nada de “{text}”. Pruebe un número, un nombre, una cuenta, $83.17, un día o anulaciones.</translation>
  </message>
  <message>
   <source>Number {number}</source>
   <translation>Número {number}</translation>
  </message>
  <message>
   <source>On {day}</source>
   <translation>El {day}</translation>
  </message>
  <message>
   <source>Only {kind}</source>
   <translation>Solo {kind}</translation>
  </message>
  <message>
   <source>Paid by or for “{text}”</source>
   <translation>Pagado por o para “{text}”</translation>
  </message>
  <message>
   <source>Receipts of {amount}</source>
   <translation>Recibos de {amount}</translation>
  </message>
  <message>
   <source>What a drawer should hold is not shown here; ask the lead.</source>
   <translation>Lo que debe haber en una caja no se muestra aquí; pregunte al encargado de cajas.</translation>
  </message>
  <message>
   <source>abandoned tickets</source>
   <translation>ventas abandonadas</translation>
  </message>
  <message>
   <source>cash brought</source>
   <translation>efectivo traído</translation>
  </message>
  <message>
   <source>copies</source>
   <translation>copias</translation>
  </message>
  <message>
   <source>corrections</source>
   <translation>correcciones</translation>
  </message>
  <message>
   <source>drops</source>
   <translation>retiros</translation>
  </message>
  <message>
   <source>no sales</source>
   <translation>aperturas sin venta</translation>
  </message>
  <message>
   <source>receipts</source>
   <translation>recibos</translation>
  </message>
  <message>
   <source>refunds</source>
   <translation>reembolsos</translation>
  </message>
  <message>
   <source>today</source>
   <translation>hoy</translation>
  </message>
  <message>
   <source>voids</source>
   <translation>anulaciones</translation>
  </message>
  <message>
   <source>yesterday</source>
   <translation>ayer</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.settings</name>
  <message>
   <source>A second person approves.</source>
   <translation>Una segunda persona aprueba.</translation>
  </message>
  <message>
   <source>A whole number of days.</source>
   <translation>Un número entero de días.</translation>
  </message>
  <message>
   <source>A whole number of seconds.</source>
   <translation>Un número entero de segundos.</translation>
  </message>
  <message>
   <source>Above it the window asks for a drop to the safe.</source>
   <translation>Por encima, la ventanilla pide un retiro a la caja fuerte.</translation>
  </message>
  <message>
   <source>After so long without a key the window locks whatever is under way.</source>
   <translation>Tras este tiempo sin teclas, la ventana se bloquea, haya lo que haya en curso.</translation>
  </message>
  <message>
   <source>After so long without a key, a ticket or a count under way hides its names; without one the window locks.</source>
   <translation>Tras este tiempo sin teclas, una venta o un conteo en curso oculta los nombres; sin ellos, la ventana se bloquea.</translation>
  </message>
  <message>
   <source>Arrows walk.</source>
   <translation>Las flechas recorren.</translation>
  </message>
  <message>
   <source>As it shall be printed.</source>
   <translation>Tal como debe imprimirse.</translation>
  </message>
  <message>
   <source>Bank days until a check is surely paid.</source>
   <translation>Días bancarios hasta que un cheque está pagado con certeza.</translation>
  </message>
  <message>
   <source>Cash in a drawer</source>
   <translation>Efectivo en una caja</translation>
  </message>
  <message>
   <source>Change it</source>
   <translation>Cambiarlo</translation>
  </message>
  <message>
   <source>Closing words in Spanish</source>
   <translation>Despedida en español</translation>
  </message>
  <message>
   <source>Closing words of a receipt</source>
   <translation>Palabras finales del recibo</translation>
  </message>
  <message>
   <source>Decides</source>
   <translation>Decide</translation>
  </message>
  <message>
   <source>For customers who read Spanish; without them the English ones are printed.</source>
   <translation>Para clientes que leen español; si faltan, se imprimen las de inglés.</translation>
  </message>
  <message>
   <source>In force</source>
   <translation>Vigente</translation>
  </message>
  <message>
   <source>In force from now on; what was taken before keeps the rules of its day.</source>
   <translation>Vigente desde ahora; lo cobrado antes conserva las reglas de su día.</translation>
  </message>
  <message>
   <source>Left alone: dim and hide</source>
   <translation>Sin uso: atenuar y ocultar</translation>
  </message>
  <message>
   <source>Left alone: lock</source>
   <translation>Sin uso: bloquear</translation>
  </message>
  <message>
   <source>May change it</source>
   <translation>Puede cambiarlo</translation>
  </message>
  <message>
   <source>More goes back as a check from finance, not out of the drawer.</source>
   <translation>Lo que pase de esto se devuelve con un cheque de finanzas, no de la caja.</translation>
  </message>
  <message>
   <source>New value</source>
   <translation>Valor nuevo</translation>
  </message>
  <message>
   <source>Overpaid check, kept as credit</source>
   <translation>Cheque pagado de más, a favor de la cuenta</translation>
  </message>
  <message>
   <source>Printed at its foot.</source>
   <translation>Se imprimen al pie.</translation>
  </message>
  <message>
   <source>Refund in cash</source>
   <translation>Reembolso en efectivo</translation>
  </message>
  <message>
   <source>So much more than what is paid is kept as credit without a second person.</source>
   <translation>Hasta esta cantidad de más queda a favor de la cuenta sin una segunda persona.</translation>
  </message>
  <message>
   <source>The decision behind it, like a resolution's number.</source>
   <translation>La decisión que lo respalda, como el número de una resolución.</translation>
  </message>
  <message>
   <source>Type a whole number, like 10.</source>
   <translation>Escriba un número entero, como 10.</translation>
  </message>
  <message>
   <source>Wait before a check is refunded</source>
   <translation>Espera antes de reembolsar un cheque</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>Por qué</translation>
  </message>
  <message>
   <source>{n} second</source>
   <translation>{n} segundo</translation>
  </message>
  <message>
   <source>{n} seconds</source>
   <translation>{n} segundos</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.shortcut_coach</name>
  <message>
   <source>Next time: . is exact cash.</source>
   <translation>La próxima vez: . es efectivo exacto.</translation>
  </message>
  <message>
   <source>Next time: a longer word, or the number, finds it at once.</source>
   <translation>La próxima vez: una palabra más larga, o el número, lo encuentra de inmediato.</translation>
  </message>
  <message>
   <source>Next time: type what was handed over, then F8.</source>
   <translation>La próxima vez: escriba lo entregado y luego F8.</translation>
  </message>
  <message>
   <source>Next time: {key} ({act}).</source>
   <translation>La próxima vez: {key} ({act}).</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.sign_in</name>
  <message>
   <source>Locked by {name}.
{name}: type your PIN, then Enter.
Somebody else: F12, then name and PIN, or a badge.</source>
   <translation>Bloqueada por {name}.
{name}: escriba su PIN y oprima Enter.
Otra persona: F12, luego nombre y PIN, o una credencial.</translation>
  </message>
  <message>
   <source>Type your PIN.</source>
   <translation>Escriba su PIN.</translation>
  </message>
  <message>
   <source>Type your name first.</source>
   <translation>Primero escriba su nombre.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.status</name>
  <message>
   <source>A drawer of an earlier day takes its close only.</source>
   <translation>Una caja de un día anterior solo admite su cierre.</translation>
  </message>
  <message>
   <source>All at city hall</source>
   <translation>Todo en la alcaldía</translation>
  </message>
  <message>
   <source>All copied</source>
   <translation>Todo copiado</translation>
  </message>
  <message>
   <source>Balances are as of {at}, less what was paid since.</source>
   <translation>Los saldos son al {at}, menos lo pagado desde entonces.</translation>
  </message>
  <message>
   <source>Books</source>
   <translation>Libros</translation>
  </message>
  <message>
   <source>Call support and leave everything as it is.</source>
   <translation>Llame a soporte y deje todo como está.</translation>
  </message>
  <message>
   <source>Central store</source>
   <translation>Alcaldía</translation>
  </message>
  <message>
   <source>Chain, signatures and sums hold up to entry {seq}.</source>
   <translation>Cadena, firmas y sumas son correctas hasta el asiento {seq}.</translation>
  </message>
  <message>
   <source>Check the clock</source>
   <translation>Revise el reloj</translation>
  </message>
  <message>
   <source>Clock</source>
   <translation>Reloj</translation>
  </message>
  <message>
   <source>Closed and counted by its cashier: count it on the desk Drawers, then accept it.</source>
   <translation>Cerrada y contada por su cajero(a): cuéntela en la mesa Cajas y luego acéptela.</translation>
  </message>
  <message>
   <source>Demo</source>
   <translation>Práctica</translation>
  </message>
  <message>
   <source>Did copy {n} of {number} come out of the printer, whole and readable? Y or N.</source>
   <translation>¿Salió de la impresora la copia {n} de {number}, entera y legible? Y (sí) o N (no).</translation>
  </message>
  <message>
   <source>Did it come out?</source>
   <translation>¿Salió?</translation>
  </message>
  <message>
   <source>Did license {number} come out of the printer, whole and readable? Y or N.</source>
   <translation>¿Salió de la impresora la licencia {number}, entera y legible? Y (sí) o N (no).</translation>
  </message>
  <message>
   <source>Did receipt {number} come out of the printer, whole and readable? Y or N.</source>
   <translation>¿Salió de la impresora el recibo {number}, entero y legible? Y (sí) o N (no).</translation>
  </message>
  <message>
   <source>Did the paper {number} come out of the printer, whole and readable? Y or N.</source>
   <translation>¿Salió de la impresora el papel {number}, entero y legible? Y (sí) o N (no).</translation>
  </message>
  <message>
   <source>Did the void slip of {number} come out of the printer, whole and readable? Y or N.</source>
   <translation>¿Salió de la impresora el comprobante de anulación de {number}, entero y legible? Y (sí) o N (no).</translation>
  </message>
  <message>
   <source>Disk</source>
   <translation>Disco</translation>
  </message>
  <message>
   <source>Disk full</source>
   <translation>Disco lleno</translation>
  </message>
  <message>
   <source>Disk nearly full</source>
   <translation>Disco casi lleno</translation>
  </message>
  <message>
   <source>Drawer stays shut</source>
   <translation>La caja no abre</translation>
  </message>
  <message>
   <source>Every entry was proven on {day}.</source>
   <translation>Todos los asientos se comprobaron el {day}.</translation>
  </message>
  <message>
   <source>Every paper left this counter.</source>
   <translation>Todo el papel se imprimió.</translation>
  </message>
  <message>
   <source>It is not known whether {number} came out. Look, and answer Y or N.</source>
   <translation>No se sabe si {number} salió. Mire y responda Y (sí) o N (no).</translation>
  </message>
  <message>
   <source>No drawer</source>
   <translation>Sin caja</translation>
  </message>
  <message>
   <source>No open drawer</source>
   <translation>Sin caja abierta</translation>
  </message>
  <message>
   <source>Nobody</source>
   <translation>Nadie</translation>
  </message>
  <message>
   <source>Nobody here takes money.</source>
   <translation>Aquí nadie recibe dinero.</translation>
  </message>
  <message>
   <source>Not looked yet</source>
   <translation>Sin revisar todavía</translation>
  </message>
  <message>
   <source>Not proven</source>
   <translation>No comprobados</translation>
  </message>
  <message>
   <source>Not proven yet</source>
   <translation>Aún sin comprobar</translation>
  </message>
  <message>
   <source>Open a drawer before the first payment.</source>
   <translation>Abra una caja antes del primer pago.</translation>
  </message>
  <message>
   <source>Paper done</source>
   <translation>Papel listo</translation>
  </message>
  <message>
   <source>Paper is on its way.</source>
   <translation>El papel está por salir.</translation>
  </message>
  <message>
   <source>Payments go on; the paper prints when the printer does.</source>
   <translation>Los pagos siguen; el papel se imprime cuando la impresora pueda.</translation>
  </message>
  <message>
   <source>Printer</source>
   <translation>Impresora</translation>
  </message>
  <message>
   <source>Proven {time}</source>
   <translation>Comprobados {time}</translation>
  </message>
  <message>
   <source>Sign in to begin.</source>
   <translation>Entre para comenzar.</translation>
  </message>
  <message>
   <source>The business date of this drawer; it was fixed when the drawer was opened.</source>
   <translation>La fecha contable de esta caja; se fijó cuando se abrió la caja.</translation>
  </message>
  <message>
   <source>The cash drawer did not open: use its key.</source>
   <translation>La caja no se abrió: use su llave.</translation>
  </message>
  <message>
   <source>The first look comes in a moment.</source>
   <translation>La primera revisión será en un momento.</translation>
  </message>
  <message>
   <source>The lead asks for a second count: close it again.</source>
   <translation>El encargado(a) de cajas pide un segundo conteo: ciérrela otra vez.</translation>
  </message>
  <message>
   <source>This computer's clock was set ahead by {age}, to {at}. Check it; it is in the journal.</source>
   <translation>El reloj de esta computadora se adelantó {age}, a {at}. Revíselo; consta en el registro.</translation>
  </message>
  <message>
   <source>This computer's clock was set back by {age}, to {at}. Check it; it is in the journal.</source>
   <translation>El reloj de esta computadora se atrasó {age}, a {at}. Revíselo; consta en el registro.</translation>
  </message>
  <message>
   <source>This window is {name}.</source>
   <translation>Esta ventanilla es {name}.</translation>
  </message>
  <message>
   <source>To verify</source>
   <translation>Por verificar</translation>
  </message>
  <message>
   <source>Today.</source>
   <translation>Hoy.</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>Capacitación</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Ventanilla</translation>
  </message>
  <message>
   <source>Your drawer is open.</source>
   <translation>Su caja está abierta.</translation>
  </message>
  <message>
   <source>{drawer} open</source>
   <translation>{drawer} abierta</translation>
  </message>
  <message>
   <source>{drawer} open since {day}</source>
   <translation>{drawer} abierta desde el {day}</translation>
  </message>
  <message>
   <source>{drawer} to count again</source>
   <translation>{drawer} por contar otra vez</translation>
  </message>
  <message>
   <source>{name} is {role}. F12 locks.</source>
   <translation>{name} es {role}. F12 bloquea.</translation>
  </message>
  <message>
   <source>{number} is on paper.</source>
   <translation>{number} está en papel.</translation>
  </message>
  <message>
   <source>{number} prints as a copy.</source>
   <translation>{number} se imprime como copia.</translation>
  </message>
  <message>
   <source>{n} MB are free, and no reserve is left. Finish what was begun, close the drawers, make the deposit, and call your administrator.</source>
   <translation>Quedan {n} MB libres y no hay reserva. Termine lo empezado, cierre las cajas, haga el depósito y llame a su administrador.</translation>
  </message>
  <message>
   <source>{n} MB are free. Payments go on; call your administrator, who makes room.</source>
   <translation>Quedan {n} MB libres. Los pagos continúan; llame a su administrador para que haga espacio.</translation>
  </message>
  <message>
   <source>{n} drawer to verify</source>
   <translation>{n} caja por verificar</translation>
  </message>
  <message>
   <source>{n} drawers to verify</source>
   <translation>{n} cajas por verificar</translation>
  </message>
  <message>
   <source>{n} printing</source>
   <translation>{n} imprimiéndose</translation>
  </message>
  <message>
   <source>{n} waiting</source>
   <translation>{n} en espera</translation>
  </message>
  <message>
   <source>{n} waiting, oldest {age}</source>
   <translation>{n} en espera, el más antiguo {age}</translation>
  </message>
  <message>
   <source>{practice}: no money here is real.</source>
   <translation>{practice}: aquí ningún dinero es real.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.tenders</name>
  <message>
   <source>Card ending {last4}</source>
   <translation>Tarjeta terminada en {last4}</translation>
  </message>
  <message>
   <source>Enter asks for its number.</source>
   <translation>Enter pide su número.</translation>
  </message>
  <message>
   <source>Exact</source>
   <translation>Exacto</translation>
  </message>
  <message>
   <source>F9 finishes.</source>
   <translation>F9 termina.</translation>
  </message>
  <message>
   <source>Is {typed} its number? Enter takes it.</source>
   <translation>¿Es {typed} su número? Enter lo acepta.</translation>
  </message>
  <message>
   <source>Is {typed} money? F8 takes it as cash, F6 as a check, F7 as a card.</source>
   <translation>¿Es dinero {typed}? F8 lo toma como efectivo, F6 como cheque, F7 como tarjeta.</translation>
  </message>
  <message>
   <source>Last 4 digits and approval code, like 4242 012345; Enter leaves them out.</source>
   <translation>Últimos 4 dígitos y código de autorización, como 4242 012345; Enter los omite.</translation>
  </message>
  <message>
   <source>Nothing is due any more; F9 finishes.</source>
   <translation>Ya no falta nada por pagar; F9 termina.</translation>
  </message>
  <message>
   <source>Still due</source>
   <translation>Falta por pagar</translation>
  </message>
  <message>
   <source>The check has no number yet. Enter asks for it again, Ctrl+Z takes the check back.</source>
   <translation>El cheque aún no tiene número. Enter lo pide de nuevo; Ctrl+Z quita el cheque.</translation>
  </message>
  <message>
   <source>The check reads {amount}? Enter accepts, or type what it is.</source>
   <translation>¿El cheque dice {amount}? Enter acepta, o escriba lo que dice.</translation>
  </message>
  <message>
   <source>The money order has no number yet. Enter asks for it again, Ctrl+Z takes it back.</source>
   <translation>El giro postal aún no tiene número. Enter lo pide de nuevo; Ctrl+Z quita el giro.</translation>
  </message>
  <message>
   <source>The money order reads {amount}? Enter accepts, or type what it is.</source>
   <translation>¿El giro postal dice {amount}? Enter acepta, o escriba lo que dice.</translation>
  </message>
  <message>
   <source>The number of the check comes first: type it and press Enter, then type this amount again.</source>
   <translation>Primero va el número del cheque: escríbalo y presione Enter; después escriba de nuevo este importe.</translation>
  </message>
  <message>
   <source>The number of the money order comes first: type it and press Enter, then this amount again.</source>
   <translation>Primero va el número del giro postal: escríbalo y presione Enter; después, de nuevo este importe.</translation>
  </message>
  <message>
   <source>The slip of the card comes first: type it or press Enter, then type this amount again.</source>
   <translation>Primero va el comprobante de la tarjeta: escríbalo o presione Enter; después escriba de nuevo este importe.</translation>
  </message>
  <message>
   <source>The terminal says {amount}? Enter accepts, or type what it is.</source>
   <translation>¿La terminal dice {amount}? Enter acepta, o escriba lo que dice.</translation>
  </message>
  <message>
   <source>There is nothing on the ticket to pay.</source>
   <translation>No hay nada en la venta que pagar.</translation>
  </message>
  <message>
   <source>Type the number of the check first.</source>
   <translation>Primero escriba el número del cheque.</translation>
  </message>
  <message>
   <source>Type the number of the check.</source>
   <translation>Escriba el número del cheque.</translation>
  </message>
  <message>
   <source>Type the number of the check; Enter or F9.</source>
   <translation>Escriba el número del cheque; Enter o F9.</translation>
  </message>
  <message>
   <source>Type the number of the money order first.</source>
   <translation>Primero escriba el número del giro postal.</translation>
  </message>
  <message>
   <source>Type the number of the money order.</source>
   <translation>Escriba el número del giro postal.</translation>
  </message>
  <message>
   <source>Type the number of the money order; Enter or F9.</source>
   <translation>Escriba el número del giro postal; Enter o F9.</translation>
  </message>
  <message>
   <source>Type what was handed over, or choose a quick amount.</source>
   <translation>Escriba lo que se entregó, o elija un importe rápido.</translation>
  </message>
  <message>
   <source>Type what was handed over, then Enter; or choose a quick amount.</source>
   <translation>Escriba lo que se entregó y luego Enter; o elija un importe rápido.</translation>
  </message>
  <message>
   <source>Type what was handed over, then its key.</source>
   <translation>Escriba lo que se entregó y luego su tecla.</translation>
  </message>
  <message>
   <source>{amount} is still due.</source>
   <translation>Faltan {amount} por pagar.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.ticket</name>
  <message>
   <source>A card is never charged more than what is due, {due}.</source>
   <translation>Nunca se cobra a una tarjeta más de lo que se debe, {due}.</translation>
  </message>
  <message>
   <source>Account {account} is on the ticket already.</source>
   <translation>La cuenta {account} ya está en la venta.</translation>
  </message>
  <message>
   <source>Number {number} is on this ticket already.</source>
   <translation>El número {number} ya está en esta venta.</translation>
  </message>
  <message>
   <source>There is no line to remove.</source>
   <translation>No hay ningún renglón que quitar.</translation>
  </message>
  <message>
   <source>There is no line yet; scan a bill or type what is wanted first.</source>
   <translation>Todavía no hay ningún renglón; primero escanee una factura o escriba lo que se desea.</translation>
  </message>
  <message>
   <source>There is nothing on the ticket to park.</source>
   <translation>No hay nada en la venta que apartar.</translation>
  </message>
  <message>
   <source>There is nothing to undo on this ticket.</source>
   <translation>No hay nada que deshacer en esta venta.</translation>
  </message>
  <message>
   <source>{fee} is {price}; a price is never changed here.</source>
   <translation>{fee} cuesta {price}; aquí nunca se cambia un precio.</translation>
  </message>
  <message>
   <source>{name} took money on that ticket and must finish it.</source>
   <translation>{name} recibió dinero en esa venta y debe terminarla.</translation>
  </message>
  <message>
   <source>{n} tickets are parked already; recall one first (F5).</source>
   <translation>Ya hay {n} ventas apartadas; recupere una primero (F5).</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.ticket_view</name>
  <message>
   <source>Handed over</source>
   <translation>Entregado</translation>
  </message>
  <message>
   <source>Have you seen: {what}?</source>
   <translation>¿Ha visto: {what}?</translation>
  </message>
  <message>
   <source>Part of it is a lien.</source>
   <translation>Una parte es un gravamen.</translation>
  </message>
  <message>
   <source>Part of it is disputed.</source>
   <translation>Una parte está en disputa.</translation>
  </message>
  <message>
   <source>The account is closed.</source>
   <translation>La cuenta está cerrada.</translation>
  </message>
  <message>
   <source>added by the program</source>
   <translation>agregado por el programa</translation>
  </message>
  <message>
   <source>for {name}</source>
   <translation>para {name}</translation>
  </message>
  <message>
   <source>pays: {what}</source>
   <translation>paga: {what}</translation>
  </message>
  <message>
   <source>{n} ticket is parked (F5).</source>
   <translation>Hay {n} venta apartada (F5).</translation>
  </message>
  <message>
   <source>{n} tickets are parked (F5).</source>
   <translation>Hay {n} ventas apartadas (F5).</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.undone</name>
  <message>
   <source>Undone.</source>
   <translation>Deshecho.</translation>
  </message>
  <message>
   <source>Undone: nobody is named as payer.</source>
   <translation>Deshecho: no hay nadie como quien paga.</translation>
  </message>
  <message>
   <source>Undone: {line} is {amount} again.</source>
   <translation>Deshecho: {line} vuelve a ser {amount}.</translation>
  </message>
  <message>
   <source>Undone: {line}, {amount}, is back.</source>
   <translation>Deshecho: volvió {line}, {amount}.</translation>
  </message>
  <message>
   <source>Undone: {line}, {amount}, is off the ticket.</source>
   <translation>Deshecho: salió de la venta {line}, {amount}.</translation>
  </message>
  <message>
   <source>Undone: {name} pays again.</source>
   <translation>Deshecho: vuelve a pagar {name}.</translation>
  </message>
  <message>
   <source>Undone: {n} lines are off the ticket, {amount}.</source>
   <translation>Deshecho: salieron {n} renglones de la venta, {amount}.</translation>
  </message>
  <message>
   <source>Undone: {tender}, {amount}, is not taken.</source>
   <translation>Deshecho: ya no se toma {tender}, {amount}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.us_words</name>
  <message>
   <source>“{text}” is no day. Type month, day and year, like 112326.</source>
   <translation>“{text}” no es una fecha. Escriba mes, día y año, como 112326.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.verify_drawers</name>
  <message>
   <source>A void of receipt {number} is asked for; accept or reject it first.</source>
   <translation>Se pidió anular el recibo {number}; acéptelo o rechácelo primero.</translation>
  </message>
  <message>
   <source>Cards</source>
   <translation>Tarjetas</translation>
  </message>
  <message>
   <source>Cash even</source>
   <translation>Efectivo exacto</translation>
  </message>
  <message>
   <source>Cash over</source>
   <translation>Sobra efectivo</translation>
  </message>
  <message>
   <source>Cash short</source>
   <translation>Falta efectivo</translation>
  </message>
  <message>
   <source>Checks</source>
   <translation>Cheques</translation>
  </message>
  <message>
   <source>Choose a drawer first.</source>
   <translation>Primero elija una caja.</translation>
  </message>
  <message>
   <source>Count drawer {drawer}</source>
   <translation>Contar la caja {drawer}</translation>
  </message>
  <message>
   <source>Drawer {drawer} goes back to {name} for a recount.</source>
   <translation>La caja {drawer} vuelve a {name} para otro conteo.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is verified, even.</source>
   <translation>La caja {drawer} está verificada, sin diferencia.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is verified, over {amount}.</source>
   <translation>La caja {drawer} está verificada, sobrante {amount}.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is verified, short {amount}.</source>
   <translation>La caja {drawer} está verificada, faltante {amount}.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is {state}; only a closed drawer is counted.</source>
   <translation>La caja {drawer} está {state}; solo se cuenta una caja cerrada.</translation>
  </message>
  <message>
   <source>Drawer {drawer}, {name}</source>
   <translation>Caja {drawer}, {name}</translation>
  </message>
  <message>
   <source>Enter counts the marked one.</source>
   <translation>Enter cuenta la marcada.</translation>
  </message>
  <message>
   <source>Every check is endorsed.</source>
   <translation>Todos los cheques están endosados.</translation>
  </message>
  <message>
   <source>Leave in the drawer: {pieces}</source>
   <translation>Deje en la caja: {pieces}</translation>
  </message>
  <message>
   <source>Lock the count first.</source>
   <translation>Primero cierre el conteo.</translation>
  </message>
  <message>
   <source>Money orders</source>
   <translation>Giros postales</translation>
  </message>
  <message>
   <source>Next: Enter counts it the second time.</source>
   <translation>Sigue: Enter la cuenta por segunda vez.</translation>
  </message>
  <message>
   <source>Next: a supervisor takes it into a deposit.</source>
   <translation>Sigue: un supervisor la lleva a un depósito.</translation>
  </message>
  <message>
   <source>Next: its cashier counts and closes it.</source>
   <translation>Sigue: quien la tiene la cuenta y la cierra.</translation>
  </message>
  <message>
   <source>Next: its cashier counts it again.</source>
   <translation>Sigue: quien la tiene la cuenta otra vez.</translation>
  </message>
  <message>
   <source>No void is asked for here.</source>
   <translation>Aquí no se ha pedido ninguna anulación.</translation>
  </message>
  <message>
   <source>Nobody verifies an own drawer.</source>
   <translation>Nadie verifica su propia caja.</translation>
  </message>
  <message>
   <source>Since {time}</source>
   <translation>Desde las {time}</translation>
  </message>
  <message>
   <source>The count is locked.</source>
   <translation>El conteo está cerrado.</translation>
  </message>
  <message>
   <source>The void of receipt {number} is accepted.</source>
   <translation>La anulación del recibo {number} fue aceptada.</translation>
  </message>
  <message>
   <source>The void of receipt {number} is rejected.</source>
   <translation>La anulación del recibo {number} fue rechazada.</translation>
  </message>
  <message>
   <source>There is no drawer to count.</source>
   <translation>No hay ninguna caja que contar.</translation>
  </message>
  <message>
   <source>Void receipt {number} of {amount}? {name} asks: {reason}. Y accepts, N rejects.</source>
   <translation>¿Anular el recibo {number} de {amount}? Lo pide {name}: {reason}. Y acepta, N rechaza.</translation>
  </message>
  <message>
   <source>closed, to be counted</source>
   <translation>cerrada, por contar</translation>
  </message>
  <message>
   <source>verified, to be deposited</source>
   <translation>verificada, por depositar</translation>
  </message>
  <message>
   <source>{day}, since {time}</source>
   <translation>{day}, desde las {time}</translation>
  </message>
  <message>
   <source>{name} paid in this drawer and cannot verify it.</source>
   <translation>{name} hizo pagos en esta caja y no puede verificarla.</translation>
  </message>
  <message>
   <source>{name} took money that day in a drawer that is not verified yet.</source>
   <translation>{name} cobró ese día en una caja que todavía no está verificada.</translation>
  </message>
  <message>
   <source>{n} check endorsed.</source>
   <translation>{n} cheque endosado.</translation>
  </message>
  <message>
   <source>{n} checks endorsed.</source>
   <translation>{n} cheques endosados.</translation>
  </message>
  <message>
   <source>{state}, forgotten since {day}</source>
   <translation>{state}, olvidada desde el {day}</translation>
  </message>
  <message>
   <source>{tenders} differ by {amount}: find the slip or recount.</source>
   <translation>{tenders}: diferencia de {amount}; busque el comprobante o cuente otra vez.</translation>
  </message>
  <message>
   <source>{tenders} differ by {amount}: find the slip, or explain it.</source>
   <translation>{tenders}: diferencia de {amount}; busque el comprobante o explíquelo.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.views</name>
  <message>
   <source>Enter takes the marked one; arrows walk.</source>
   <translation>Enter toma lo marcado; las flechas recorren.</translation>
  </message>
  <message>
   <source>Lead or supervisor</source>
   <translation>Encargado(a) de cajas o supervisor(a)</translation>
  </message>
  <message>
   <source>Nothing found. Try fewer letters.</source>
   <translation>No se encontró nada. Pruebe con menos letras.</translation>
  </message>
  <message>
   <source>Nothing on the ticket yet.
Scan a bill, or type a name, an address or an account.</source>
   <translation>Todavía no hay nada en la venta.
Escanee una factura, o escriba un nombre, una dirección o una cuenta.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.acting</name>
  <message>
   <source>A reason has at most {most} letters.</source>
   <translation>Un motivo tiene como máximo {most} letras.</translation>
  </message>
  <message>
   <source>Drawer session {name} is of another window; do this there.</source>
   <translation>La sesión de caja {name} es de otra ventanilla; hágalo allí.</translation>
  </message>
  <message>
   <source>Drawer {drawer} cannot hold that much cash; check the amount.</source>
   <translation>En la caja {drawer} no puede haber tanto efectivo; revise el importe.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is being counted again; it takes no money.</source>
   <translation>La caja {drawer} está en reconteo; no recibe dinero.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is of an earlier day and takes its close and nothing else.</source>
   <translation>La caja {drawer} es de un día anterior; solo se puede cerrar.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is {name}'s.</source>
   <translation>La caja {drawer} es de {name}.</translation>
  </message>
  <message>
   <source>Receipt {number} is {name}'s; ask the lead.</source>
   <translation>El recibo {number} es de {name}; pregunte a quien está a cargo de las cajas.</translation>
  </message>
  <message>
   <source>That is more than one act can hold.</source>
   <translation>Es más de lo que admite una sola operación.</translation>
  </message>
  <message>
   <source>There is no drawer session {name}.</source>
   <translation>No hay ninguna sesión de caja {name}.</translation>
  </message>
  <message>
   <source>There is no drawer {drawer}.</source>
   <translation>No hay ninguna caja {drawer}.</translation>
  </message>
  <message>
   <source>{name} has a new PIN and must sign in once before approving.</source>
   <translation>{name} tiene un PIN nuevo y debe entrar una vez antes de aprobar.</translation>
  </message>
  <message>
   <source>{name} has drawer {open} open, not {drawer}.</source>
   <translation>{name} tiene abierta la caja {open}, no la {drawer}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.badges</name>
  <message>
   <source>{name} left and gets no badge.</source>
   <translation>{name} ya no trabaja aquí y no recibe credencial.</translation>
  </message>
  <message>
   <source>{person} has no badge.</source>
   <translation>{person} no tiene credencial.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.close_drawer</name>
  <message>
   <source>A drawer's own cashier closes it without force.</source>
   <translation>Quien tiene la caja la cierra sin forzarla.</translation>
  </message>
  <message>
   <source>A forced close</source>
   <translation>Cierre forzado</translation>
  </message>
  <message>
   <source>An adopted drawer</source>
   <translation>Una caja asumida</translation>
  </message>
  <message>
   <source>Card slips add up to nothing or more; add them again.</source>
   <translation>Los comprobantes de tarjeta suman cero o más; súmelos otra vez.</translation>
  </message>
  <message>
   <source>Drawer session {session} is {state} already.</source>
   <translation>La sesión de caja {session} ya está {state}.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is being counted again by its cashier.</source>
   <translation>Quien tiene la caja {drawer} la está contando otra vez.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is not open.</source>
   <translation>La caja {drawer} no está abierta.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is of this station; close it here.</source>
   <translation>La caja {drawer} es de esta estación; ciérrela aquí.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is still open; its cashier closes it first.</source>
   <translation>La caja {drawer} sigue abierta; primero la cierra quien la tiene.</translation>
  </message>
  <message>
   <source>Drawer {drawer} is {name}'s; only its cashier closes it.</source>
   <translation>La caja {drawer} es de {name}; solo quien la tiene la cierra.</translation>
  </message>
  <message>
   <source>The check of receipt {number} is not endorsed yet.</source>
   <translation>El cheque del recibo {number} todavía no está endosado.</translation>
  </message>
  <message>
   <source>The count differs from the books: write what explains it, or send the drawer back.</source>
   <translation>El conteo no coincide con los libros: escriba qué lo explica, o devuelva la caja.</translation>
  </message>
  <message>
   <source>This drawer was counted again already; accept it with an explanation.</source>
   <translation>Esta caja ya se contó otra vez; acéptela con una explicación.</translation>
  </message>
  <message>
   <source>Two others count a drawer whose station is gone, not its own cashier.</source>
   <translation>Una caja cuya estación ya no existe la cuentan otras dos personas, no su propio cajero.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.correct_receipt</name>
  <message>
   <source>A moved payment</source>
   <translation>Traslado de un pago</translation>
  </message>
  <message>
   <source>A refund</source>
   <translation>Reembolso</translation>
  </message>
  <message>
   <source>A tender correction after the close</source>
   <translation>Corrección de forma de pago después del cierre</translation>
  </message>
  <message>
   <source>A void</source>
   <translation>Anulación</translation>
  </message>
  <message>
   <source>Clearing unidentified money</source>
   <translation>Asignación de dinero sin identificar</translation>
  </message>
  <message>
   <source>Drawer {drawer} is still open: void receipt {number} instead.</source>
   <translation>La caja {drawer} sigue abierta: mejor anule el recibo {number}.</translation>
  </message>
  <message>
   <source>No void of receipt {number} is asked for.</source>
   <translation>No se ha pedido anular el recibo {number}.</translation>
  </message>
  <message>
   <source>Part of receipt {number} was refunded; refund the rest.</source>
   <translation>Parte del recibo {number} ya se reembolsó; reembolse el resto.</translation>
  </message>
  <message>
   <source>Receipt {number} has {rest} without a purpose; these lines need {total}.</source>
   <translation>El recibo {number} tiene {rest} sin destino; estos renglones necesitan {total}.</translation>
  </message>
  <message>
   <source>The money of receipt {number} is in deposit {deposit}; correct the deposit.</source>
   <translation>El dinero del recibo {number} está en el depósito {deposit}; corrija el depósito.</translation>
  </message>
  <message>
   <source>There is no receipt {number}.</source>
   <translation>No hay ningún recibo {number}.</translation>
  </message>
  <message>
   <source>cleared</source>
   <translation>asignado</translation>
  </message>
  <message>
   <source>moved</source>
   <translation>trasladado</translation>
  </message>
  <message>
   <source>{name} cannot decide a void of one's own.</source>
   <translation>{name} no puede decidir una anulación que pidió.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.export_journal</name>
  <message>
   <source>The archive {path} cannot be written ({error}).</source>
   <translation>No se puede escribir el archivo {path} ({error}).</translation>
  </message>
  <message>
   <source>The journal of {name} has no first entry; have it verified.</source>
   <translation>El registro de {name} no tiene primer asiento; haga que lo verifiquen.</translation>
  </message>
  <message>
   <source>{station} entry 1 names no key; have the journal verified.</source>
   <translation>El asiento 1 de {station} no indica ninguna clave; haga verificar el registro.</translation>
  </message>
  <message>
   <source>{station} entry {seq} is damaged and cannot be exported; have the journal verified.</source>
   <translation>El asiento {seq} de {station} está dañado y no se puede exportar; haga verificar el registro.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.export_payments</name>
  <message>
   <source>Batch {batch} no longer comes out as it was sent; have the journal verified.</source>
   <translation>El lote {batch} ya no sale como se envió; haga verificar el registro.</translation>
  </message>
  <message>
   <source>There is no payments batch {batch}; the last one is {last_batch}.</source>
   <translation>No hay lote de pagos {batch}; el último es {last_batch}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.from_city_hall</name>
  <message>
   <source>The list of people cannot be read.</source>
   <translation>La lista del personal no se puede leer.</translation>
  </message>
  <message>
   <source>The list of people is empty.</source>
   <translation>La lista del personal está vacía.</translation>
  </message>
  <message>
   <source>What city hall published as of {as_of} ({kind}) is not in force here: {no}</source>
   <translation>Lo que la alcaldía publicó con fecha {as_of} ({kind}) no está vigente aquí: {no}</translation>
  </message>
  <message>
   <source>line {line}: {sentence}</source>
   <translation>renglón {line}: {sentence}</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.load_accounts</name>
  <message>
   <source>The file is of {as_of}, older than what is loaded ({newest}).</source>
   <translation>El archivo es de {as_of}, anterior a lo cargado ({newest}).</translation>
  </message>
  <message>
   <source>The file says it is of {as_of}, which is still to come.</source>
   <translation>El archivo dice ser de {as_of}, que todavía no llega.</translation>
  </message>
  <message>
   <source>This very file was loaded before; each file is loaded once.</source>
   <translation>Este mismo archivo ya se cargó; cada archivo se carga una vez.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.make_deposit</name>
  <message>
   <source>A bank credits nothing or more, and no absurd amount.</source>
   <translation>Un banco abona cero o más, y nunca un importe absurdo.</translation>
  </message>
  <message>
   <source>A bank date is a day like 2026-11-23.</source>
   <translation>La fecha del banco es un día como 2026-11-23.</translation>
  </message>
  <message>
   <source>A deposit needs at least one verified drawer, or a check that was held.</source>
   <translation>Un depósito necesita al menos una caja verificada, o un cheque retenido.</translation>
  </message>
  <message>
   <source>A drawer is named twice.</source>
   <translation>Una caja aparece dos veces.</translation>
  </message>
  <message>
   <source>A held check is named twice.</source>
   <translation>Un cheque retenido aparece dos veces.</translation>
  </message>
  <message>
   <source>Bag {bag} was used before; a serial is never used twice.</source>
   <translation>La bolsa {bag} ya se usó; un número de serie nunca se usa dos veces.</translation>
  </message>
  <message>
   <source>Deposit {deposit} is {state} already.</source>
   <translation>El depósito {deposit} ya está {state}.</translation>
  </message>
  <message>
   <source>Deposit {deposit} is {state}; only a sent deposit is confirmed.</source>
   <translation>El depósito {deposit} está {state}; solo se confirma un depósito enviado.</translation>
  </message>
  <message>
   <source>Deposit {deposit} is {state}; there is no difference to correct.</source>
   <translation>El depósito {deposit} está {state}; no hay diferencia que corregir.</translation>
  </message>
  <message>
   <source>Drawer session {name} is in deposit {deposit} already.</source>
   <translation>La sesión de caja {name} ya está en el depósito {deposit}.</translation>
  </message>
  <message>
   <source>Drawer session {name} is {state}; only verified drawers are deposited.</source>
   <translation>La sesión de caja {name} está {state}; solo se depositan cajas verificadas.</translation>
  </message>
  <message>
   <source>No check of receipt {number} is held.</source>
   <translation>No hay ningún cheque retenido del recibo {number}.</translation>
  </message>
  <message>
   <source>No correction of a deposit is that large.</source>
   <translation>Ninguna corrección de un depósito es tan grande.</translation>
  </message>
  <message>
   <source>Say what the bank credited.</source>
   <translation>Diga qué abonó el banco.</translation>
  </message>
  <message>
   <source>There is no bank account {bank}; the city has {names}.</source>
   <translation>No hay cuenta bancaria {bank}; la ciudad tiene {names}.</translation>
  </message>
  <message>
   <source>There is no deposit {number}.</source>
   <translation>No hay ningún depósito {number}.</translation>
  </message>
  <message>
   <source>There is nothing to deposit.</source>
   <translation>No hay nada que depositar.</translation>
  </message>
  <message>
   <source>Who prepared a deposit does not confirm it.</source>
   <translation>Quien preparó un depósito no lo confirma.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.move_cash</name>
  <message>
   <source>A drop</source>
   <translation>Retiro</translation>
  </message>
  <message>
   <source>Bringing change</source>
   <translation>Traer cambio</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.open_drawer</name>
  <message>
   <source>Drawer {drawer} is open already, with {name}; close it first.</source>
   <translation>La caja {drawer} ya está abierta, con {name}; ciérrela primero.</translation>
  </message>
  <message>
   <source>There is no drawer {drawer}; this counter has {names}.</source>
   <translation>No hay ninguna caja {drawer}; esta ventanilla tiene {names}.</translation>
  </message>
  <message>
   <source>This computer's clock stands at {day}, and drawers of later days were opened here already. Set the clock, then open the drawer.</source>
   <translation>El reloj de esta computadora marca {day}, y aquí ya se abrieron cajas de días posteriores. Ponga el reloj en hora y luego abra la caja.</translation>
  </message>
  <message>
   <source>{name} has drawer {drawer} open already.</source>
   <translation>{name} ya tiene abierta la caja {drawer}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.people</name>
  <message>
   <source>A PIN is 4 to 8 digits.</source>
   <translation>Un PIN tiene de 4 a 8 dígitos.</translation>
  </message>
  <message>
   <source>A name is text of up to {n} letters.</source>
   <translation>Un nombre es un texto de hasta {n} letras.</translation>
  </message>
  <message>
   <source>Everybody signs in as up to twenty small letters and digits, like maria.</source>
   <translation>Cada quien entra con hasta veinte letras minúsculas y cifras, como maria.</translation>
  </message>
  <message>
   <source>Nobody here is called {person}.</source>
   <translation>Nadie aquí se llama {person}.</translation>
  </message>
  <message>
   <source>Nobody is taken in as somebody who left.</source>
   <translation>Nadie entra con el puesto de quien ya no trabaja aquí.</translation>
  </message>
  <message>
   <source>Nothing is different.</source>
   <translation>No hay ningún cambio.</translation>
  </message>
  <message>
   <source>Somebody is called {name} already; make the two different.</source>
   <translation>Ya hay alguien que se llama {name}; distinga a los dos.</translation>
  </message>
  <message>
   <source>Somebody signs in as {person} already, or did; take another.</source>
   <translation>Alguien entra ya como {person}, o lo hizo; elija otro.</translation>
  </message>
  <message>
   <source>That PIN is the first that anybody would try; take another.</source>
   <translation>Ese PIN es el primero que cualquiera probaría; elija otro.</translation>
  </message>
  <message>
   <source>That is not your PIN of now.</source>
   <translation>Ese no es su PIN actual.</translation>
  </message>
  <message>
   <source>That is the PIN you have already.</source>
   <translation>Ese es el PIN que ya tiene.</translation>
  </message>
  <message>
   <source>Your own role is changed by another administrator.</source>
   <translation>Su propio puesto lo cambia otro administrador.</translation>
  </message>
  <message>
   <source>{name} has drawer {drawer}, which is not counted yet.</source>
   <translation>{name} tiene la caja {drawer}, que aún no se ha contado.</translation>
  </message>
  <message>
   <source>{name} left; add somebody new if they come back.</source>
   <translation>{name} se fue; agregue a alguien nuevo si vuelve.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.receipt_paper</name>
  <message>
   <source>A warrant will be mailed to you by the city.</source>
   <translation>La ciudad le enviará un pago por correo.</translation>
  </message>
  <message>
   <source>The amount is kept as a credit of your account.</source>
   <translation>El importe queda como saldo a favor de su cuenta.</translation>
  </message>
  <message>
   <source>There is no slip {number}.</source>
   <translation>No hay ningún comprobante {number}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.refund_ways</name>
  <message>
   <source>Cash comes out of your own open drawer; you have none.</source>
   <translation>El efectivo sale de su propia caja abierta; usted no tiene ninguna.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.settings</name>
  <message>
   <source>A change of the settings</source>
   <translation>Un cambio de los ajustes</translation>
  </message>
  <message>
   <source>A change of the settings needs somebody in finance.</source>
   <translation>Un cambio de los ajustes necesita a alguien de finanzas.</translation>
  </message>
  <message>
   <source>That is an amount of money.</source>
   <translation>Eso es una cantidad de dinero.</translation>
  </message>
  <message>
   <source>That is text of up to {n} letters.</source>
   <translation>Eso es un texto de hasta {n} letras.</translation>
  </message>
  <message>
   <source>That is {least} to {most} days.</source>
   <translation>Eso es de {least} a {most} días.</translation>
  </message>
  <message>
   <source>That is {least} to {most} seconds.</source>
   <translation>Eso es de {least} a {most} segundos.</translation>
  </message>
  <message>
   <source>There is no setting “{setting}” to change here.</source>
   <translation>Aquí no hay ningún ajuste “{setting}” que cambiar.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.show</name>
  <message>
   <source>Drawer {of} was never opened.</source>
   <translation>La caja {of} nunca se abrió.</translation>
  </message>
  <message>
   <source>There is no customer {customer}.</source>
   <translation>No hay ningún cliente {customer}.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.sign_in</name>
  <message>
   <source>That name and PIN do not belong together.</source>
   <translation>Ese nombre y ese PIN no van juntos.</translation>
  </message>
  <message>
   <source>There were {n} wrong tries for {name}: an administrator gives a new PIN.</source>
   <translation>Hubo {n} intentos incorrectos de {name}: un administrador debe dar un PIN nuevo.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.small_acts</name>
  <message>
   <source>A customer has a name.</source>
   <translation>Un cliente tiene nombre.</translation>
  </message>
  <message>
   <source>No paper of {number} is in doubt.</source>
   <translation>No hay duda sobre ningún papel de {number}.</translation>
  </message>
  <message>
   <source>Tender {tender} of receipt {number} is no check.</source>
   <translation>La forma de pago {tender} del recibo {number} no es un cheque.</translation>
  </message>
  <message>
   <source>The check of receipt {number} is endorsed already.</source>
   <translation>El cheque del recibo {number} ya está endosado.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.station</name>
  <message>
   <source>There is nobody called “{person}” here.</source>
   <translation>Aquí no hay nadie que se llame “{person}”.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.take_payment</name>
  <message>
   <source>A check over the ticket by {amount}</source>
   <translation>Cheque que excede la venta por {amount}</translation>
  </message>
  <message>
   <source>Account {account} is closed.</source>
   <translation>La cuenta {account} está cerrada.</translation>
  </message>
  <message>
   <source>Drawer {drawer} holds more cash than it should: drop some to the safe.</source>
   <translation>En la caja {drawer} hay más efectivo del debido: haga un retiro a la caja fuerte.</translation>
  </message>
  <message>
   <source>License {renewed} is renewed on this ticket already; renew it again on the next one.</source>
   <translation>La licencia {renewed} ya se renueva en esta venta; renuévela otra vez en la siguiente.</translation>
  </message>
  <message>
   <source>Say what is known of this money: who, when, what for.</source>
   <translation>Diga qué se sabe de este dinero: quién, cuándo, para qué.</translation>
  </message>
  <message>
   <source>There is no money to take.</source>
   <translation>No hay dinero que cobrar.</translation>
  </message>
 </context>
 <context>
  <name>db.adoption</name>
  <message>
   <source>Station {station} was taken over by station {adopter}; take no money here. “counter-app sync --once” sends what is not at city hall yet.</source>
   <translation>La estación {adopter} asumió el trabajo de la estación {station}; no cobre aquí. «counter-app sync --once» envía lo que aún no está en la alcaldía.</translation>
  </message>
 </context>
 <context>
  <name>db.backup</name>
  <message>
   <source>The backup cannot be read ({error}).</source>
   <translation>La copia de seguridad no se puede leer ({error}).</translation>
  </message>
  <message>
   <source>{what} is no backup: {problem}</source>
   <translation>{what} no es una copia de seguridad: {problem}</translation>
  </message>
 </context>
 <context>
  <name>db.books</name>
  <message>
   <source>It is not known whether this was recorded; look at the last receipt before you repeat it ({error}).</source>
   <translation>No se sabe si esto quedó registrado; mire el último recibo antes de repetirlo ({error}).</translation>
  </message>
  <message>
   <source>The books cannot be read ({error}).</source>
   <translation>No se pueden leer los libros ({error}).</translation>
  </message>
  <message>
   <source>The database cannot be written ({error}).</source>
   <translation>No se puede escribir en la base de datos ({error}).</translation>
  </message>
  <message>
   <source>The database cannot be written ({error}); nothing was recorded.</source>
   <translation>No se puede escribir en la base de datos ({error}); no se registró nada.</translation>
  </message>
  <message>
   <source>The database could not be written ({error}); nothing was recorded.</source>
   <translation>No se pudo escribir en la base de datos ({error}); no se registró nada.</translation>
  </message>
 </context>
 <context>
  <name>db.centre_certificate</name>
  <message>
   <source>The certificate of the central store has expired; tell your administrator.</source>
   <translation>El certificado del servidor de la alcaldía venció; avise a la administración.</translation>
  </message>
  <message>
   <source>The certificate of the central store is not signed by the city; tell your administrator.</source>
   <translation>El certificado del servidor de la alcaldía no está firmado por la ciudad; avise a la administración.</translation>
  </message>
  <message>
   <source>The certificate of the central store is not valid yet; check the clock of this computer.</source>
   <translation>El certificado del servidor de la alcaldía aún no es válido; revise el reloj de esta computadora.</translation>
  </message>
 </context>
 <context>
  <name>db.centre_embedded</name>
  <message>
   <source>A private value of {station} belongs to no entry sent: {seq}.</source>
   <translation>Un dato privado de {station} no corresponde a ningún asiento enviado: {seq}.</translation>
  </message>
  <message>
   <source>Entry {seq} of {station} does not continue the copy; two folders are this station.</source>
   <translation>El asiento {seq} de {station} no continúa la copia; dos carpetas son esta estación.</translation>
  </message>
  <message>
   <source>Entry {seq} of {station} is not what its hash says; run “verify”.</source>
   <translation>El asiento {seq} de {station} no es lo que dice su huella; ejecute “verify”.</translation>
  </message>
  <message>
   <source>The copy beside this station does not keep station {station}.</source>
   <translation>La copia junto a esta estación no guarda la estación {station}.</translation>
  </message>
  <message>
   <source>The copy holds another entry {seq} of {station}; two folders are this station.</source>
   <translation>La copia tiene otro asiento {seq} de {station}; dos carpetas son esta estación.</translation>
  </message>
  <message>
   <source>The copy holds another private value of entry {seq} of {station}.</source>
   <translation>La copia tiene otro dato privado del asiento {seq} de {station}.</translation>
  </message>
  <message>
   <source>The copy is missing entries of {station} before {seq}; nothing was taken.</source>
   <translation>A la copia le faltan asientos de {station} anteriores al {seq}; no se tomó nada.</translation>
  </message>
  <message>
   <source>The copy of the books at {path} cannot be used: {error}</source>
   <translation>No se puede usar la copia de los libros en {path}: {error}</translation>
  </message>
 </context>
 <context>
  <name>db.centre_postgres</name>
  <message>
   <source>A central store on another machine is reached with sslmode=verify-full only.</source>
   <translation>Al servidor de la alcaldía en otra máquina solo se llega con sslmode=verify-full.</translation>
  </message>
  <message>
   <source>City hall does not let this login use station {station}.</source>
   <translation>La alcaldía no permite que este acceso use la estación {station}.</translation>
  </message>
  <message>
   <source>City hall holds other entries of {station} under the same numbers; two computers call themselves {station}.</source>
   <translation>La alcaldía tiene otros asientos de {station} con los mismos números; dos computadoras se llaman {station}.</translation>
  </message>
  <message>
   <source>City hall is missing entries of {station} before the ones sent; nothing was taken.</source>
   <translation>A la alcaldía le faltan asientos de {station} anteriores a los enviados; no se tomó nada.</translation>
  </message>
  <message>
   <source>City hall refused an entry of {station} that is not what its hash says; run “verify”.</source>
   <translation>La alcaldía rechazó un asiento de {station} que no es lo que dice su huella; ejecute “verify”.</translation>
  </message>
  <message>
   <source>The address of a central store begins with postgresql://.</source>
   <translation>La dirección del servidor de la alcaldía empieza con postgresql://.</translation>
  </message>
  <message>
   <source>The central store asks for the password in an unsafe way; it was not sent. Tell your administrator.</source>
   <translation>El servidor de la alcaldía pide la contraseña de forma insegura; no se envió. Avise a la administración.</translation>
  </message>
  <message>
   <source>The central store can only be read just now.</source>
   <translation>Por ahora la alcaldía solo se puede consultar.</translation>
  </message>
  <message>
   <source>The central store does not accept this name or password.</source>
   <translation>El servidor de la alcaldía no acepta este nombre o esta contraseña.</translation>
  </message>
  <message>
   <source>The central store does not answer ({error}).</source>
   <translation>La alcaldía no responde ({error}).</translation>
  </message>
  <message>
   <source>The central store does not encrypt; nothing was sent. Tell your administrator.</source>
   <translation>El servidor de la alcaldía no cifra; no se envió nada. Avise a la administración.</translation>
  </message>
  <message>
   <source>The central store does not let this computer in; tell your administrator.</source>
   <translation>El servidor de la alcaldía no deja entrar a esta computadora; avise a la administración.</translation>
  </message>
  <message>
   <source>The central store is not set up for this; run “counter-app central init”.</source>
   <translation>El servidor de la alcaldía no está preparado para esto; ejecute “counter-app central init”.</translation>
  </message>
  <message>
   <source>The central store is out of space or connections.</source>
   <translation>En la alcaldía no queda espacio o no quedan conexiones.</translation>
  </message>
  <message>
   <source>The central store is stopping, or did not answer in time.</source>
   <translation>El servidor de la alcaldía se está deteniendo, o no respondió a tiempo.</translation>
  </message>
  <message>
   <source>The central store refused: {error}.</source>
   <translation>La alcaldía lo rechazó: {error}.</translation>
  </message>
  <message>
   <source>The central store shows the certificate of another machine; check its address and tell your administrator.</source>
   <translation>El servidor de la alcaldía muestra el certificado de otra máquina; revise su dirección y avise a la administración.</translation>
  </message>
  <message>
   <source>The city's certificate cannot be read on this computer; tell your administrator.</source>
   <translation>El certificado de la ciudad no se puede leer en esta computadora; avise a la administración.</translation>
  </message>
  <message>
   <source>The second server of the central store has not confirmed what was sent.</source>
   <translation>El segundo servidor de la alcaldía no ha confirmado lo que se envió.</translation>
  </message>
  <message>
   <source>This is no address of a central store: postgresql://user:password@host:port/db.</source>
   <translation>No es la dirección de un servidor de la alcaldía: postgresql://usuario:contraseña@servidor:puerto/base.</translation>
  </message>
 </context>
 <context>
  <name>db.forward</name>
  <message>
   <source>Entry {seq} of {station} is not the one that the centre has: two computers are, or were, this station. Take no money on this computer and call support.</source>
   <translation>El asiento {seq} de {station} no es el que tiene la alcaldía: dos computadoras son, o fueron, esta estación. No cobre en esta computadora y llame a soporte.</translation>
  </message>
  <message>
   <source>The newer entries of {station} cannot be brought back: {what} of entry {seq} is in no copy. Take over its work under a new name with “counter-app adopt”.</source>
   <translation>Los asientos más nuevos de {station} no se pueden recuperar: {what} del asiento {seq} no está en ninguna copia. Asuma su trabajo con un nombre nuevo con «counter-app adopt».</translation>
  </message>
 </context>
 <context>
  <name>db.keys</name>
  <message>
   <source>The key in the key store is damaged; use the recovery code.</source>
   <translation>La clave del almacén de claves está dañada; use el código de recuperación.</translation>
  </message>
  <message>
   <source>The key in {practice} cannot be read: {strerror}.</source>
   <translation>No se puede leer la clave en {practice}: {strerror}.</translation>
  </message>
  <message>
   <source>The key in {practice} is damaged.</source>
   <translation>La clave en {practice} está dañada.</translation>
  </message>
  <message>
   <source>The key store holds no key for {folder}; set {variable} to open with the recovery code.</source>
   <translation>El almacén de claves no tiene clave para {folder}; ponga {variable} para abrir con el código de recuperación.</translation>
  </message>
  <message>
   <source>The key store is locked and was not unlocked; unlock it and start again, or set {variable} to open with the recovery code.</source>
   <translation>El almacén de claves está bloqueado y no se desbloqueó; desbloquéelo y empiece de nuevo, o ponga {variable} para abrir con el código de recuperación.</translation>
  </message>
  <message>
   <source>The recovery code has a wrong character; please read it again from the paper.</source>
   <translation>El código de recuperación tiene un carácter equivocado; léalo otra vez del papel.</translation>
  </message>
  <message>
   <source>This computer has no key store that answers; set {variable} to open with the recovery code.</source>
   <translation>Esta computadora no tiene un almacén de claves que responda; ponga {variable} para abrir con el código de recuperación.</translation>
  </message>
 </context>
 <context>
  <name>db.lock</name>
  <message>
   <source>Nothing can be written in {folder}: {strerror}.</source>
   <translation>No se puede escribir nada en {folder}: {strerror}.</translation>
  </message>
  <message>
   <source>The counter in {folder} is in use by {holder}; close it first.</source>
   <translation>La ventanilla en {folder} está en uso por {holder}; ciérrelo primero.</translation>
  </message>
  <message>
   <source>another program</source>
   <translation>otro programa</translation>
  </message>
 </context>
 <context>
  <name>db.queries.search</name>
  <message>
   <source>expires {day}</source>
   <translation>vence el {day}</translation>
  </message>
 </context>
 <context>
  <name>db.rebuild</name>
  <message>
   <source>The database cannot be read ({error}); the projections were not compared.</source>
   <translation>No se puede leer la base de datos ({error}); no se compararon las proyecciones.</translation>
  </message>
  <message>
   <source>{sentence} The projections were left as they are.</source>
   <translation>{sentence} Las proyecciones quedaron como estaban.</translation>
  </message>
 </context>
 <context>
  <name>db.reference</name>
  <message>
   <source>The staff in the database is damaged: {error}.</source>
   <translation>El personal en la base de datos está dañado: {error}.</translation>
  </message>
  <message>
   <source>The {kind} in force are missing from the database; bring it back from a copy.</source>
   <translation>Falta en la base de datos lo vigente ({kind}); recupérela de una copia.</translation>
  </message>
 </context>
 <context>
  <name>db.reference_published</name>
  <message>
   <source>City hall shows another city key than before; call support.</source>
   <translation>La alcaldía muestra otra clave de la ciudad que antes; llame a soporte.</translation>
  </message>
  <message>
   <source>City hall's key for what it publishes is damaged; call support.</source>
   <translation>La clave de la alcaldía para lo que publica está dañada; llame a soporte.</translation>
  </message>
  <message>
   <source>Version {version} of the {kind}, as city hall gave it, is not signed by the city; it was not taken in.</source>
   <translation>La versión {version} de {kind} que dio la alcaldía no está firmada por la ciudad; no se tomó.</translation>
  </message>
  <message>
   <source>What city hall published cannot be read; it was not taken in.</source>
   <translation>Lo que la alcaldía publicó no se puede leer; no se tomó.</translation>
  </message>
  <message>
   <source>accounts</source>
   <translation>cuentas</translation>
  </message>
  <message>
   <source>bills</source>
   <translation>facturas</translation>
  </message>
  <message>
   <source>fees</source>
   <translation>tarifas</translation>
  </message>
  <message>
   <source>rates</source>
   <translation>tasas</translation>
  </message>
  <message>
   <source>reference data</source>
   <translation>datos de referencia</translation>
  </message>
  <message>
   <source>settings</source>
   <translation>ajustes</translation>
  </message>
  <message>
   <source>staff</source>
   <translation>personal</translation>
  </message>
 </context>
 <context>
  <name>db.rekey</name>
  <message>
   <source>Another program reads {path}; close it first. The key was not changed.</source>
   <translation>Otro programa lee {path}; ciérrelo primero. La clave no se cambió.</translation>
  </message>
  <message>
   <source>The copy under the new key is not whole; the key was not changed.</source>
   <translation>La copia con la clave nueva no está completa; la clave no se cambió.</translation>
  </message>
  <message>
   <source>{path} cannot be changed to the new key ({error}).</source>
   <translation>{path} no se puede cambiar a la clave nueva ({error}).</translation>
  </message>
 </context>
 <context>
  <name>db.storage</name>
  <message>
   <source>Another program is reading the database.</source>
   <translation>Otro programa está leyendo la base de datos.</translation>
  </message>
  <message>
   <source>The database cannot be made ({error}).</source>
   <translation>No se puede crear la base de datos ({error}).</translation>
  </message>
  <message>
   <source>The database cannot keep a write-ahead log here; is it on a network drive?</source>
   <translation>La base de datos no puede llevar aquí su registro previo; ¿está en una unidad de red?</translation>
  </message>
  <message>
   <source>The database in {folder} was moved or deleted while the counter was open; nothing was recorded. Take no money here until it is back in its place and the counter was started again.</source>
   <translation>La base de datos en {folder} fue movida o borrada mientras la ventanilla estaba abierta; no se registró nada. No reciba dinero aquí hasta que esté en su lugar y se haya iniciado de nuevo el programa.</translation>
  </message>
  <message>
   <source>The database refuses the setting {name} = {value}.</source>
   <translation>La base de datos no acepta el ajuste {name} = {value}.</translation>
  </message>
  <message>
   <source>The database {path} does not open with its key, or is damaged: {error}.</source>
   <translation>La base de datos {path} no se abre con su clave, o está dañada: {error}.</translation>
  </message>
  <message>
   <source>The database {path} is empty; bring it back from a copy.</source>
   <translation>La base de datos {path} está vacía; recupérela de una copia.</translation>
  </message>
  <message>
   <source>The database {path} was written by a newer version of Counter; please update this one.</source>
   <translation>La base de datos {path} la escribió una versión más nueva de Counter; actualice esta.</translation>
  </message>
  <message>
   <source>There is a database at {path} already.</source>
   <translation>Ya hay una base de datos en {path}.</translation>
  </message>
  <message>
   <source>There is no counter in {parent}; make one with “counter-app demo” or “counter-app init”.</source>
   <translation>No hay ninguna ventanilla en {parent}; cree una con “counter-app demo” o “counter-app init”.</translation>
  </message>
 </context>
 <context>
  <name>db.sync</name>
  <message>
   <source>A private value of entry {seq} is not the one that was sealed; it was not taken in.</source>
   <translation>Un dato privado del asiento {seq} no es el que se selló; no se tomó.</translation>
  </message>
  <message>
   <source>All {here}</source>
   <translation>Todo: {here}</translation>
  </message>
  <message>
   <source>City hall shows other entries of station {station} than it did before ({there} against {here} here); call support.</source>
   <translation>La alcaldía muestra otros asientos de la estación {station} que antes ({there} contra {here} aquí); llame a soporte.</translation>
  </message>
  <message>
   <source>Entries {first} to {last} of {station} were acknowledged as {centre} and are missing here. Take no money on this computer and call support.</source>
   <translation>Faltan aquí los asientos {first} a {last} de {station}, ya recibidos ({centre}). No cobre en esta computadora y llame a soporte.</translation>
  </message>
  <message>
   <source>Entry {seq} of {station} cannot be read; it was not taken in.</source>
   <translation>El asiento {seq} de {station} no se puede leer; no se tomó.</translation>
  </message>
  <message>
   <source>Entry {seq} of {station} is not the one that was acknowledged as {centre}: two computers are, or were, this station. Take no money on this computer and call support.</source>
   <translation>El asiento {seq} de {station} no es el que ya se recibió ({centre}): dos computadoras son, o fueron, esta estación. No cobre en esta computadora y llame a soporte.</translation>
  </message>
  <message>
   <source>Entry {seq} of {station}, as city hall gave it,</source>
   <translation>El asiento {seq} de {station}, como lo dio la alcaldía,</translation>
  </message>
  <message>
   <source>Station {station} signs with another key than city hall was given; call support.</source>
   <translation>La estación {station} firma con otra clave que la que recibió la alcaldía; llame a soporte.</translation>
  </message>
  <message>
   <source>The first entry of station {station} does not open it; nothing of it was taken in.</source>
   <translation>El primer asiento de la estación {station} no la abre; no se tomó nada de ella.</translation>
  </message>
  <message>
   <source>{n} h</source>
   <translation>{n} h</translation>
  </message>
  <message>
   <source>{n} min</source>
   <translation>{n} min</translation>
  </message>
  <message>
   <source>{n} not yet {here}</source>
   <translation>{n} sin llegar ({here})</translation>
  </message>
  <message>
   <source>{n} s</source>
   <translation>{n} s</translation>
  </message>
  <message>
   <source>{waiting}, the oldest {age}</source>
   <translation>{waiting}, el más antiguo {age}</translation>
  </message>
  <message>
   <source>{waiting}. {fault}</source>
   <translation>{waiting}. {fault}</translation>
  </message>
  <message>
   <source>{words} does not continue what is here; it was not taken in.</source>
   <translation>{words} no continúa lo que hay aquí; no se tomó.</translation>
  </message>
  <message>
   <source>{words} is not signed by that station; it was not taken in.</source>
   <translation>{words} no está firmado por esa estación; no se tomó.</translation>
  </message>
  <message>
   <source>{words} speaks for another station; it was not taken in.</source>
   <translation>{words} habla por otra estación; no se tomó.</translation>
  </message>
  <message>
   <source>{words} was changed; it was not taken in.</source>
   <translation>{words} fue modificado; no se tomó.</translation>
  </message>
 </context>
 <context>
  <name>db.witness</name>
  <message>
   <source>Entry {seq} of {station} is not the one that was written here: the file of another computer was put in its place. Take no money on it and call support.</source>
   <translation>El asiento {seq} de {station} no es el que se escribió aquí: se puso en su lugar el archivo de otra computadora. No cobre con él y llame a soporte.</translation>
  </message>
  <message>
   <source>This is an old file of {station}: it ends at entry {newest}, and entry {seq} was written here already. Bring the newer entries back with “counter-app restore”.</source>
   <translation>Este es un archivo viejo de {station}: termina en el asiento {newest}, y aquí ya se escribió el asiento {seq}. Recupere los asientos más nuevos con «counter-app restore».</translation>
  </message>
 </context>
 <context>
  <name>ui.attending</name>
  <message>
   <source>Sounds are off; everything is seen as well.</source>
   <translation>Los sonidos están desactivados; todo se ve también.</translation>
  </message>
  <message>
   <source>Sounds are on.</source>
   <translation>Los sonidos están activados.</translation>
  </message>
  <message>
   <source>The scan was not taken: bills are scanned at the counter.</source>
   <translation>No se tomó lo escaneado: las facturas se escanean en la ventanilla.</translation>
  </message>
  <message>
   <source>The scan was not taken: sign in first.</source>
   <translation>No se tomó lo escaneado: primero entre.</translation>
  </message>
 </context>
 <context>
  <name>ui.desk_pages</name>
  <message>
   <source>Slip of deposit {number}</source>
   <translation>Boleta del depósito {number}</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.close_drawer</name>
  <message>
   <source>F12 hands the window to the next person.</source>
   <translation>F12 cede la ventanilla a la siguiente persona.</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.counter</name>
  <message>
   <source>No, print a copy</source>
   <translation>No, imprimir una copia</translation>
  </message>
  <message>
   <source>NumLock is off: press it, then type the amount again.</source>
   <translation>Bloq Num está apagado: oprima NumLock y vuelva a escribir el importe.</translation>
  </message>
  <message>
   <source>Paper question</source>
   <translation>Pregunta sobre el papel</translation>
  </message>
  <message>
   <source>Receipt paper</source>
   <translation>Papel del recibo</translation>
  </message>
  <message>
   <source>Scan or type a name, address, account, receipt, license or fee</source>
   <translation>Escanee o escriba nombre, dirección, cuenta, recibo, licencia o tarifa</translation>
  </message>
  <message>
   <source>The scan was not taken: finish this first, or leave it with Esc, then scan again.</source>
   <translation>No se tomó lo escaneado: termine esto primero, o salga con Esc, y vuelva a escanear.</translation>
  </message>
  <message>
   <source>Type: {field}</source>
   <translation>Escriba: {field}</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.counter_speed</name>
  <message>
   <source>Newer week</source>
   <translation>Semana siguiente</translation>
  </message>
  <message>
   <source>Older week</source>
   <translation>Semana anterior</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.counting</name>
  <message>
   <source>An amount, then Enter; Enter alone for none.</source>
   <translation>Un importe y Enter; solo Enter si no hay.</translation>
  </message>
  <message>
   <source>Card slips</source>
   <translation>Comprobantes de tarjeta</translation>
  </message>
  <message>
   <source>Check or money order</source>
   <translation>Cheque o giro postal</translation>
  </message>
  <message>
   <source>Checks counted</source>
   <translation>Cheques contados</translation>
  </message>
  <message>
   <source>Count</source>
   <translation>Conteo</translation>
  </message>
  <message>
   <source>Delete takes the marked one out.</source>
   <translation>Delete saca el marcado.</translation>
  </message>
  <message>
   <source>Its amount, then Enter; Enter alone goes on.</source>
   <translation>Su importe y Enter; solo Enter para seguir.</translation>
  </message>
  <message>
   <source>Lock the count</source>
   <translation>Cerrar el conteo</translation>
  </message>
  <message>
   <source>So far</source>
   <translation>Hasta ahora</translation>
  </message>
  <message>
   <source>Sum of the card slips</source>
   <translation>Suma de los comprobantes de tarjeta</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.deposits</name>
  <message>
   <source>A name, then F9.</source>
   <translation>Un nombre y F9.</translation>
  </message>
  <message>
   <source>Back to the bag</source>
   <translation>Volver a la bolsa</translation>
  </message>
  <message>
   <source>Bag number</source>
   <translation>Número de bolsa</translation>
  </message>
  <message>
   <source>Bank account</source>
   <translation>Cuenta bancaria</translation>
  </message>
  <message>
   <source>Deposit slip</source>
   <translation>Boleta de depósito</translation>
  </message>
  <message>
   <source>Deposits made</source>
   <translation>Depósitos hechos</translation>
  </message>
  <message>
   <source>Enter holds the marked one, with the reason typed below.</source>
   <translation>Enter retiene el marcado, con el motivo escrito abajo.</translation>
  </message>
  <message>
   <source>Enter shows the slip of the marked one.</source>
   <translation>Enter muestra la boleta del marcado.</translation>
  </message>
  <message>
   <source>Enter takes one out of the bag or puts it in again.</source>
   <translation>Enter saca una de la bolsa o la vuelve a poner.</translation>
  </message>
  <message>
   <source>Hand it to the courier</source>
   <translation>Entregar al mensajero</translation>
  </message>
  <message>
   <source>Into the bag</source>
   <translation>A la bolsa</translation>
  </message>
  <message>
   <source>It is {state}.</source>
   <translation>Está {state}.</translation>
  </message>
  <message>
   <source>Make up the deposit</source>
   <translation>Preparar el depósito</translation>
  </message>
  <message>
   <source>Pieces</source>
   <translation>Piezas</translation>
  </message>
  <message>
   <source>The serial on the bag, typed or scanned.</source>
   <translation>El número de serie de la bolsa, escrito o escaneado.</translation>
  </message>
  <message>
   <source>The slip is being drawn.</source>
   <translation>Se está preparando la boleta.</translation>
  </message>
  <message>
   <source>Then Enter.</source>
   <translation>Luego Enter.</translation>
  </message>
  <message>
   <source>To the bank account {bank}</source>
   <translation>A la cuenta bancaria {bank}</translation>
  </message>
  <message>
   <source>Verified drawers</source>
   <translation>Cajas verificadas</translation>
  </message>
  <message>
   <source>Who takes the bag</source>
   <translation>Quién se lleva la bolsa</translation>
  </message>
  <message>
   <source>Why the marked check is held</source>
   <translation>Por qué se retiene el cheque marcado</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.list_desk</name>
  <message>
   <source>Arrows walk; the right side says what can be done.</source>
   <translation>Las flechas recorren la lista; a la derecha está lo que se puede hacer.</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.open_drawer</name>
  <message>
   <source>Count its float</source>
   <translation>Contar su fondo de cambio</translation>
  </message>
  <message>
   <source>Enter takes the marked one and goes on to its float.</source>
   <translation>Enter toma la marcada y pasa a su fondo de cambio.</translation>
  </message>
  <message>
   <source>Every piece in it, before the first payment.</source>
   <translation>Todas sus piezas, antes del primer pago.</translation>
  </message>
  <message>
   <source>Float</source>
   <translation>Fondo de cambio</translation>
  </message>
  <message>
   <source>Open the drawer</source>
   <translation>Abrir la caja</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.own_pin</name>
  <message>
   <source>Later</source>
   <translation>Más tarde</translation>
  </message>
  <message>
   <source>New PIN once more</source>
   <translation>PIN nuevo otra vez</translation>
  </message>
  <message>
   <source>New PIN, 4 to 8 digits</source>
   <translation>PIN nuevo, de 4 a 8 dígitos</translation>
  </message>
  <message>
   <source>PIN or password of now</source>
   <translation>PIN o contraseña actual</translation>
  </message>
  <message>
   <source>Take this PIN</source>
   <translation>Usar este PIN</translation>
  </message>
  <message>
   <source>Your PIN</source>
   <translation>Su PIN</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.palette</name>
  <message>
   <source>Command</source>
   <translation>Comando</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>Comandos</translation>
  </message>
  <message>
   <source>Enter does the marked one.</source>
   <translation>Enter hace la marcada.</translation>
  </message>
  <message>
   <source>Letters of an act; arrows walk; Enter does it.</source>
   <translation>Letras de una acción; las flechas recorren; Enter la hace.</translation>
  </message>
  <message>
   <source>What do you want to do?</source>
   <translation>¿Qué desea hacer?</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.sign_in</name>
  <message>
   <source>Español</source>
   <translation>English</translation>
  </message>
  <message>
   <source>Password or PIN</source>
   <translation>Contraseña o PIN</translation>
  </message>
  <message>
   <source>Sign in</source>
   <translation>Entrar</translation>
  </message>
  <message>
   <source>User name or badge, then Enter.</source>
   <translation>Nombre de usuario o credencial, luego Enter.</translation>
  </message>
  <message>
   <source>Your name</source>
   <translation>Su nombre</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.veil</name>
  <message>
   <source>Hidden</source>
   <translation>Oculta</translation>
  </message>
  <message>
   <source>Hidden while nobody is here.</source>
   <translation>Oculta mientras no hay nadie.</translation>
  </message>
  <message>
   <source>Press any key to go on where you were.
F12 locks; left alone, it locks by itself.</source>
   <translation>Oprima cualquier tecla para seguir donde estaba.
F12 bloquea; si nadie la toca, se bloquea sola.</translation>
  </message>
 </context>
 <context>
  <name>ui.pages.verify_drawers</name>
  <message>
   <source>A sentence for the auditor.</source>
   <translation>Una frase para el auditor.</translation>
  </message>
  <message>
   <source>Asked-for void</source>
   <translation>Anulación solicitada</translation>
  </message>
  <message>
   <source>Back for a recount</source>
   <translation>Devolver para otro conteo</translation>
  </message>
  <message>
   <source>Counted</source>
   <translation>Contado</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Diferencia</translation>
  </message>
  <message>
   <source>Endorse the checks</source>
   <translation>Endosar los cheques</translation>
  </message>
  <message>
   <source>Expected</source>
   <translation>Esperado</translation>
  </message>
  <message>
   <source>It is even; nothing needs explaining.</source>
   <translation>Está cuadrado; no hay nada que explicar.</translation>
  </message>
  <message>
   <source>It was counted again once already.</source>
   <translation>Ya se contó otra vez.</translation>
  </message>
  <message>
   <source>No drawer is open or waits for its count.</source>
   <translation>Ninguna caja está abierta ni espera su conteo.</translation>
  </message>
  <message>
   <source>Over or short</source>
   <translation>Sobrante o faltante</translation>
  </message>
  <message>
   <source>Reject it</source>
   <translation>Rechazarla</translation>
  </message>
  <message>
   <source>Verified</source>
   <translation>Verificado</translation>
  </message>
  <message>
   <source>What explains it</source>
   <translation>Qué lo explica</translation>
  </message>
  <message>
   <source>What the count came to</source>
   <translation>Resultado del conteo</translation>
  </message>
 </context>
 <context>
  <name>ui.reading</name>
  <message>
   <source>Key: {key}.</source>
   <translation>Tecla: {key}.</translation>
  </message>
  <message>
   <source>period</source>
   <translation>punto</translation>
  </message>
 </context>
 <context>
  <name>ui.running</name>
  <message>
   <source>Demo, name and PIN:
{people}</source>
   <translation>Demostración, nombre y PIN:
{people}</translation>
  </message>
  <message>
   <source>Shortcut tips are off.</source>
   <translation>Los consejos de teclas están apagados.</translation>
  </message>
  <message>
   <source>Shortcut tips are on.</source>
   <translation>Los consejos de teclas están encendidos.</translation>
  </message>
  <message>
   <source>You have no open drawer: {key} opens one.</source>
   <translation>Usted no tiene una caja abierta: {key} abre una.</translation>
  </message>
 </context>
 <context>
  <name>ui.start</name>
  <message>
   <source>Something in this program went wrong and was written down. What was not said to be done was not done.</source>
   <translation>Algo falló en este programa y quedó anotado. Lo que no se dijo que está hecho no se hizo.</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.approval_strip</name>
  <message>
   <source>A digit of the list, a user name or a badge.</source>
   <translation>Un dígito de la lista, un nombre de usuario o una credencial.</translation>
  </message>
  <message>
   <source>Approval</source>
   <translation>Aprobación</translation>
  </message>
  <message>
   <source>Approved by {who}.</source>
   <translation>Lo aprueba {who}.</translation>
  </message>
  <message>
   <source>First the reason, then the badge.</source>
   <translation>Primero el motivo, luego la credencial.</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>Salir</translation>
  </message>
  <message>
   <source>Name or badge</source>
   <translation>Nombre o credencial</translation>
  </message>
  <message>
   <source>PIN of the second person</source>
   <translation>PIN de la segunda persona</translation>
  </message>
  <message>
   <source>PIN, then Enter.</source>
   <translation>PIN, luego Enter.</translation>
  </message>
  <message>
   <source>Second person</source>
   <translation>Segunda persona</translation>
  </message>
  <message>
   <source>Why? One key.</source>
   <translation>¿Por qué? Una tecla.</translation>
  </message>
  <message>
   <source>{reason}.</source>
   <translation>{reason}.</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.box</name>
  <message>
   <source>Counter box</source>
   <translation>Casilla de la ventanilla</translation>
  </message>
  <message>
   <source>Type or scan a name, address, account, bill, receipt or license.</source>
   <translation>Escriba o escanee un nombre, dirección, cuenta, factura, recibo o licencia.</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.change_due</name>
  <message>
   <source>Payment done</source>
   <translation>Pago hecho</translation>
  </message>
  <message>
   <source>Pieces to hand out</source>
   <translation>Piezas para entregar</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.context_panel</name>
  <message>
   <source>Context</source>
   <translation>Detalle</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.count_grid</name>
  <message>
   <source>Cash count</source>
   <translation>Conteo de efectivo</translation>
  </message>
  <message>
   <source>Counted so far</source>
   <translation>Contado hasta ahora</translation>
  </message>
  <message>
   <source>Pieces, or 2s for straps, 3r for rolls, 2s+12 together, $240 for an amount. Enter goes on, arrows walk.</source>
   <translation>Piezas, o 2s para fajos, 3r para rollos, 2s+12 juntos, $240 para un importe. Enter sigue, las flechas recorren.</translation>
  </message>
  <message>
   <source>{amount} is no whole number of {piece}.</source>
   <translation>{amount} no es un número entero de {piece}.</translation>
  </message>
  <message>
   <source>{n} pieces of {piece} cannot be right.</source>
   <translation>{n} piezas de {piece} no puede ser correcto.</translation>
  </message>
  <message>
   <source>{piece}, pieces</source>
   <translation>{piece}, piezas</translation>
  </message>
  <message>
   <source>“{typed}” is no count. Type pieces like 12, or 2s for straps, 3r for rolls, $240 for an amount.</source>
   <translation>“{typed}” no es un conteo. Escriba piezas como 12, o 2s para fajos, 3r para rollos, $240 para un importe.</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.count_panel</name>
  <message>
   <source>Done</source>
   <translation>Listo</translation>
  </message>
  <message>
   <source>The serial on the bag, then Enter.</source>
   <translation>El número de serie de la bolsa, luego Enter.</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.form_panel</name>
  <message>
   <source>Fields</source>
   <translation>Campos</translation>
  </message>
  <message>
   <source>The box fills the marked field; Enter goes on, arrows walk.</source>
   <translation>La casilla llena el campo marcado; Enter sigue, las flechas recorren.</translation>
  </message>
  <message>
   <source>asked for</source>
   <translation>se pide</translation>
  </message>
  <message>
   <source>if known</source>
   <translation>si se sabe</translation>
  </message>
  <message>
   <source>needed</source>
   <translation>necesario</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.item_panel</name>
  <message>
   <source>Enter takes the marked one.</source>
   <translation>Enter toma el marcado.</translation>
  </message>
  <message>
   <source>What can be taken</source>
   <translation>Lo que se puede tomar</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.money_field</name>
  <message>
   <source>An amount in dollars, like 100 or 83.17.</source>
   <translation>Un importe en dólares, como 100 o 83.17.</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.paged_table</name>
  <message>
   <source>Arrows walk, Enter takes the marked row.</source>
   <translation>Las flechas recorren, Enter toma el renglón marcado.</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.results_panel</name>
  <message>
   <source>Results</source>
   <translation>Resultados</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.status</name>
  <message>
   <source>Status line</source>
   <translation>Línea de estado</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.tender_panel</name>
  <message>
   <source>Handed over so far</source>
   <translation>Entregado hasta ahora</translation>
  </message>
  <message>
   <source>Tender</source>
   <translation>Forma de pago</translation>
  </message>
 </context>
 <context>
  <name>ui.widgets.ticket</name>
  <message>
   <source>Arrows mark a line; minus on the empty box removes it.</source>
   <translation>Las flechas marcan un renglón; el signo menos en la casilla vacía lo quita.</translation>
  </message>
  <message>
   <source>Lines of the ticket</source>
   <translation>Renglones de la venta</translation>
  </message>
  <message>
   <source>Ticket</source>
   <translation>Venta</translation>
  </message>
 </context>
 <context>
  <name>ui.window</name>
  <message>
   <source>Desks</source>
   <translation>Mesas</translation>
  </message>
  <message>
   <source>Letters {zoom} percent</source>
   <translation>Letras al {zoom} por ciento</translation>
  </message>
  <message>
   <source>This desk is in front.</source>
   <translation>Esta mesa está al frente.</translation>
  </message>
  <message>
   <source>{desk} desk</source>
   <translation>Mesa {desk}</translation>
  </message>
 </context>
 <context>
  <name>ui.worn</name>
  <message>
   <source>Dark colors</source>
   <translation>Colores oscuros</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Alto contraste</translation>
  </message>
  <message>
   <source>Light colors</source>
   <translation>Colores claros</translation>
  </message>
 </context>
</TS>
