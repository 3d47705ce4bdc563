/** Columns a character takes on a terminal: Chinese ones and full-width forms take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
        character,
      )
        ? 2
        : 1;
  return width;
}

/**
 * Lines of a table whose columns stand under each other also when they mix Chinese and figures. The first column is
 * set left, the others right.
 *
 * @example tableLines([['门店', '3'], ['a', '12']]) // → ['门店   3', 'a     12']
 */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const cells of rows) {
    cells.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, widthOf(cell))));
  }
  return rows.map((cells) =>
    cells
      .map((cell, i) => {
        const blank = ' '.repeat((widths[i] ?? 0) - widthOf(cell));
        return i === 0 ? cell + blank : blank + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}
