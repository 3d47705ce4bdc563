/** One line per call, for machines: never a name, a phone number or an ask. */
export function logCall(line: { requestId: string; action: string; ms: number; outcome: string }): void {
  console.log(JSON.stringify(line));
}
