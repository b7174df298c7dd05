// What a scan is in itself, on the device: the same rules and answers as `app/identification`.
export { type EpcRequest, encodeEpc } from "./epc-encoding.ts";
export { candidates } from "./lost.ts";
export { type Measure, measures } from "./measures.ts";
export {
  DEFAULT,
  type Element,
  type Elements,
  type Epc,
  type Identified,
  type Internal,
  type Kind,
  type Profile,
  type Refusal,
  Refused,
} from "./reading.ts";
export { identify, normalise, type Symbology } from "./router.ts";
export { splitWithoutSeparators } from "./separators.ts";
