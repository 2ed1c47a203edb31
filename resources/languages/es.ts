<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_US" sourcelanguage="en_US">
 <context>
  <name>counter_app.screens.counter</name>
  <message>
   <source>It pays: {what}.</source>
   <translation>Paga: {what}.</translation>
  </message>
  <message>
   <source>Locked. Names and amounts are hidden.</source>
   <translation>Bloqueado. Los nombres y los importes están ocultos.</translation>
  </message>
  <message>
   <source>No other window of this site listens yet.</source>
   <translation>Ninguna otra ventanilla de este lugar escucha todavía.</translation>
  </message>
  <message>
   <source>Nothing found for “{text}”.</source>
   <translation>No se encontró nada para “{text}”.</translation>
  </message>
  <message>
   <source>Ready for a scan.</source>
   <translation>Listo para escanear.</translation>
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
   <source>The line is off the ticket. Ctrl+Z brings it back.</source>
   <translation>El renglón ya no está en la venta. Ctrl+Z lo devuelve.</translation>
  </message>
  <message>
   <source>This is {name}'s ticket: F4 parks it.</source>
   <translation>Esta venta es de {name}: F4 la aparta.</translation>
  </message>
  <message>
   <source>{fee} ({code}): {formula}.</source>
   <translation>{fee} ({code}): {formula}.</translation>
  </message>
  <message>
   <source>{name} cannot be the second person of an act of one's own.</source>
   <translation>{name} no puede ser la segunda persona de su propio acto.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.desks</name>
  <message>
   <source>Counter</source>
   <translation>Mostrador</translation>
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
   <translation>Volver al cuadro</translation>
  </message>
  <message>
   <source>Call the lead, quietly</source>
   <translation>Llamar discretamente al encargado(a) de cajas</translation>
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
   <source>Check</source>
   <translation>Cheque</translation>
  </message>
  <message>
   <source>Drop cash to the safe</source>
   <translation>Retirar efectivo a la caja fuerte</translation>
  </message>
  <message>
   <source>Enter on the empty box</source>
   <translation>Enter con el cuadro vacío</translation>
  </message>
  <message>
   <source>Every command</source>
   <translation>Todos los comandos</translation>
  </message>
  <message>
   <source>Exact cash, on the empty box</source>
   <translation>Efectivo exacto, con el cuadro vacío</translation>
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
   <source>Lock or change person</source>
   <translation>Bloquear o cambiar de persona</translation>
  </message>
  <message>
   <source>Money order</source>
   <translation>Giro postal</translation>
  </message>
  <message>
   <source>Open the drawer, no sale</source>
   <translation>Abrir la caja sin venta</translation>
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
   <source>Remove this line, on the empty box</source>
   <translation>Quitar este renglón, con el cuadro vacío</translation>
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
   <source>Undo</source>
   <translation>Deshacer</translation>
  </message>
  <message>
   <source>Who is paying</source>
   <translation>Quién paga</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.palette</name>
  <message>
   <source>Go to {desk}</source>
   <translation>Ir a {desk}</translation>
  </message>
  <message>
   <source>No command is called that.</source>
   <translation>Ningún comando se llama así.</translation>
  </message>
  <message>
   <source>No ticket is parked.</source>
   <translation>No hay ninguna venta apartada.</translation>
  </message>
  <message>
   <source>Not yours; {who} may.</source>
   <translation>No le corresponde; puede hacerlo {who}.</translation>
  </message>
  <message>
   <source>Nothing is due any more.</source>
   <translation>Ya no falta nada por pagar.</translation>
  </message>
  <message>
   <source>Only at the counter.</source>
   <translation>Solo en el mostrador.</translation>
  </message>
  <message>
   <source>There is no ticket.</source>
   <translation>No hay ninguna venta.</translation>
  </message>
  <message>
   <source>There is nothing on the ticket.</source>
   <translation>No hay nada en la venta.</translation>
  </message>
  <message>
   <source>You have no open drawer; open one first.</source>
   <translation>Usted no tiene una caja abierta; abra una primero.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.panel</name>
  <message>
   <source>One key, or Enter.</source>
   <translation>Una tecla, o Enter.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.screens.views</name>
  <message>
   <source>Change due</source>
   <translation>Cambio a entregar</translation>
  </message>
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
  <message>
   <source>Still due</source>
   <translation>Falta por pagar</translation>
  </message>
  <message>
   <source>Total</source>
   <translation>Total</translation>
  </message>
  <message>
   <source>Type what was handed over, then its key.</source>
   <translation>Escriba lo que se entregó y luego su tecla.</translation>
  </message>
 </context>
 <context>
  <name>counter_app.services.acting</name>
  <message>
   <source>{name} has a new PIN and must sign in once before approving.</source>
   <translation type="unfinished" />
  </message>
 </context>
 <context>
  <name>counter_app.services.people</name>
  <message>
   <source>A PIN is 4 to 8 digits.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>A name is text of up to {n} letters.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>An id is up to twenty small letters and digits, like maria.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody here is called {person}.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nobody is taken in as somebody who left.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Nothing is different.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Somebody is called {name} already; make the two different.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That PIN is the first that anybody would try; take another.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That is not your PIN of now.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>That is the PIN you have already.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>Your own role is changed by another administrator.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} has drawer {drawer}, which is not counted yet.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{name} left; add a new id if they come back.</source>
   <translation type="unfinished" />
  </message>
  <message>
   <source>{person} is an id already; one is never given twice.</source>
   <translation type="unfinished" />
  </message>
 </context>
</TS>
