/** Waits without blocking: lets the phone draw between two pieces of long work. @param ms milliseconds */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
