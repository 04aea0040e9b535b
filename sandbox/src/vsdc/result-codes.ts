/** Texts of the specification and of the sandbox WAR 3.0.2, as quoted in docs/vsdc.md. */
export const RESULT_MESSAGES: Readonly<Record<string, string>> = {
  "000": "It is succeeded",
  "001": "There is no search result",
  "603": "Tourism tax is for services only",
  "881": "Purchase code is mandatory",
  "882": "Purchase code is invalid",
  "883": "Purchase code already used",
  "884": "Invalid customer TIN",
  "891": "An error occurred while Request URL is created",
  "892": "An error occurred while Request Header data is created",
  "893": "An error occurred while Request Body data is created",
  "894": "An error regarding server communication occurred",
  "895": "Unallowed Request Method",
  "896": "Request Status error",
  "899": "Client error",
  "900": "There is no Header information",
  "901": "It is not valid device",
  "902": "This device is installed",
  "903": "Only VSDC device can be verified",
  "910": "Request parameter error",
  "911": "There is no request full text",
  "912": "There is a request Method error",
  "913": "Code value error among request parameters",
  "921": "Sales or sales invoice data which is declared cannot be received",
  "922": "Sales invoice data can be received after receiving the sales data",
  "924": "Invoice number already exists.",
  "990": "The maximum number of views are exceeded",
  "991": "There is an error during registration",
  "992": "There is an error during modification",
  "993": "There is an error during deletion",
  "994": "There is an overlapped Data",
  "995": "There is no downloaded file",
  "999": "There is an unknown error",
};

export interface Refusal {
  code: string;
  message: string;
}

export function refuse(code: string): Refusal {
  return { code, message: RESULT_MESSAGES[code] ?? "There is an unknown error" };
}

export function refuseField(path: string, reason: string): Refusal {
  return { code: "910", message: `Request parameter error '${path}': ${reason}` };
}

export function refuseCode(path: string, value: string): Refusal {
  return {
    code: "913",
    message: `Code value error among request parameters [<${path}>] rejected value: '${value}'`,
  };
}

/** The first check that refuses decides; the later ones are not asked, as on the device. */
export function firstRefusal(checks: readonly (() => Refusal | undefined)[]): Refusal | undefined {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return undefined;
}
