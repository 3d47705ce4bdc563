/** What `getApp()` gives. The app keeps no global state: identity comes from the cloud, pages keep their own. */
interface IAppOption {
  globalData?: Record<string, never>;
}
