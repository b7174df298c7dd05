// The shape of tables.gen.ts: the facts of the standards, in the words of tables.json.

export interface IdentifierRow {
  readonly ai: string;
  readonly format: string;
  readonly needs?: readonly (readonly string[])[];
  readonly excludes?: readonly string[];
  readonly key?: readonly (readonly string[])[];
  readonly attribute?: boolean;
}

export type SerialForm = "integer" | "text" | "none" | "reference_integer" | "reference_text";
export type KeyName = "sgtin" | "sscc" | "sgln" | "grai" | "giai";

export interface SchemeRow {
  readonly scheme: string;
  readonly key: KeyName;
  readonly header: string;
  readonly bits: number;
  readonly references: readonly (readonly [number, number])[];
  readonly serial: SerialForm;
  readonly serial_bits: number;
  readonly serial_chars: number;
}

export interface PlusSchemeRow {
  readonly scheme: string;
  readonly key: KeyName;
  readonly header: string;
  readonly digits: number;
  readonly dated: boolean;
  readonly serial_chars: number;
}

export interface Facts {
  readonly own_prefixes: readonly (readonly [string, string])[];
  readonly commands: readonly string[];
  readonly scanner_check: readonly string[];
  readonly element_symbologies: readonly string[];
  readonly retail_symbologies: readonly string[];
  readonly text_symbologies: readonly string[];
  readonly characters: {
    readonly N: string;
    readonly X: string;
    readonly Y: string;
    readonly Z: string;
    readonly pair: string;
  };
  readonly predefined: Readonly<Record<string, number>>;
  readonly ais: readonly IdentifierRow[];
  readonly units: Readonly<Record<string, string>>;
  readonly company_prefixes: readonly (readonly [number, number])[];
  readonly epc_schemes: readonly SchemeRow[];
  readonly epc_plus_schemes: readonly PlusSchemeRow[];
  readonly epc_other_headers: Readonly<Record<string, string>>;
  readonly epc_dates: readonly string[];
  readonly epc_data: readonly { readonly coding: string; readonly ais: string }[];
  readonly countries: readonly string[];
  readonly country_codes: readonly string[];
  readonly currencies: readonly string[];
  readonly media_types: readonly string[];
  readonly package_types: readonly string[];
}
