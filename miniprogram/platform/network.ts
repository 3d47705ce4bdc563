/** Tells whenever the phone is connected again. @returns a function that calls it off */
export function onConnected(turn: () => void): () => void {
  const listener = (change: object): void => {
    if ('isConnected' in change && change.isConnected === true) turn();
  };
  wx.onNetworkStatusChange(listener);
  return () => wx.offNetworkStatusChange(listener);
}
