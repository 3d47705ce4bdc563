/** Something computed about a member, never typed. */
export interface Tag {
  kind: 'category' | 'season' | 'promotion' | 'distance' | 'age' | 'childAge';
  /** as it is shown, e.g. 爱买奶粉 */
  word: string;
  /** the numbers behind it, e.g. 8单里6单买了奶粉 */
  why: string;
}
