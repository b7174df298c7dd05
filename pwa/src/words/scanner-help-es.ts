/** Español: ajustar escáneres corrientes. */
import type { Help } from "./scanner-help-en.ts";

export const help: Help = {
  all: {
    title: "Cualquier escáner",
    steps: [
      "Salida: teclado (HID, «keystroke» o «wedge»), una sola salida.",
      "Final de cada código: Intro (CR). Nada más delante ni detrás.",
      "Separador GS1: enviar GS (ASCII 29) tal cual, o sustituirlo por | en el escáner y escanear el código de ajuste.",
      "Identificador AIM: activo. Pausa entre caracteres: 0. Conversión de mayúsculas: desactivada.",
      "Teclado del escáner y del terminal: el mismo, mejor inglés (EE. UU.).",
      "Simbologías: EAN/UPC, Code 128, GS1-128, DataMatrix, QR; ITF para cajas.",
    ],
  },
  zebra: {
    title: "Zebra con DataWedge",
    steps: [
      "Cree un perfil en DataWedge y asócielo al navegador en que corre Tallyman.",
      "Barcode input: activo; en sus decodificadores, lo que usan sus etiquetas.",
      "Keystroke output: activo. Intent output: desactivado; los dos juntos traen cada código dos veces.",
      "Basic data formatting de keystroke output: Send data y Send ENTER key activos, Send TAB key no.",
      "Scan params de barcode input: Code ID type AIM.",
      "Si GS se pierde: que Advanced data formatting sustituya ASCII 29 por |.",
    ],
  },
  honeywell: {
    title: "Honeywell",
    steps: [
      "Android: Ajustes, Honeywell Settings, Scanning, Internal scanner, y un perfil para el navegador o el de fábrica.",
      "Data processing settings: wedge activo, data intent no.",
      "Suffix: \\r, que es Intro.",
      "Symbology prefix: AIM.",
      "Escáneres con cable: los códigos de su manual para país del teclado, sufijo CR e identificador AIM.",
    ],
  },
  datalogic: {
    title: "Datalogic",
    steps: [
      "Android: Ajustes, Scanner settings. Keyboard wedge activo, intent wedge no.",
      "Formatting: sufijo CR o LF, para que Intro termine el código; sin prefijo.",
      "Send code ID: AIM identifier before.",
      "Remove non-printable characters: no. Si GS se pierde: | como Group Separator replacement.",
      "Escáneres con cable: Aladdin o los códigos de su manual para teclado, país, sufijo CR y AIM ID.",
    ],
  },
  bluetooth: {
    title: "Escáneres Bluetooth",
    steps: [
      "Ponga el escáner en modo HID (teclado) con el código de su manual y emparéjelo en los ajustes Bluetooth del terminal.",
      "El terminal lo trata como teclado: elija en «teclado físico» la misma distribución que en el escáner.",
      "Sufijo CR, identificador AIM activo, la pausa entre caracteres más corta.",
      "Mientras está conectado, el teclado de pantalla puede quedar oculto; las teclas de Tallyman no lo necesitan.",
      "Muchos envían GS como Ctrl+]: actívelo («control characters»); si no, sustituya GS por |.",
    ],
  },
  rfid: {
    title: "Lectores RFID de mano",
    steps: [
      "Zebra: DataWedge tiene entrada RFID; active keystroke output e Intro después de cada tag. Otros: modo teclado (HID).",
      "Datos: el EPC en cifras hexadecimales, nada delante ni detrás.",
      "Entre tags: Intro, coma o espacio. Todos se separan.",
      "Solo tags únicos, si el lector lo ofrece; un tag leído otra vez no molesta.",
      "Códigos de barras y RFID en el mismo aparato: el mismo sufijo para los dos.",
    ],
  },
  said: {
    title: "Cuando un código no se acepta",
    steps: [
      "«Dígito de control erróneo», «Etiqueta dañada»: escanee otra vez, de frente. Si sigue igual, use otra etiqueta de la mercancía; el supervisor recibe el código tal como se leyó.",
      "«Signos que ningún código tiene»: escáner y terminal tienen teclados distintos. Escanee el código de ajuste.",
      "«Etiqueta RFID cortada o dañada»: apriete el gatillo otra vez, más cerca de la etiqueta.",
      "«Llega a trozos»: el escáner hace una pausa dentro del código o envía Intro en medio. Pausa entre caracteres 0, Intro solo al final.",
      "«Llegó en dos trozos: unidos»: se contó una vez. Haga ajustar el escáner de todos modos.",
      "«Desconocido … Se espera»: el código es bueno, pero nadie ha dicho qué es, o este paso necesita otro. La mercancía puede entrar sin nombre con un segundo escaneo.",
    ],
  },
};
export const untested =
  "Según la documentación de los fabricantes. Los menús cambian de una versión a otra; ninguno de estos aparatos se ha probado con Tallyman.";
