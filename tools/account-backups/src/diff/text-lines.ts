/** The lines of a UTF-8 text as its bytes come, without their ends; the last one also without an end. Memory: a line. */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** The records of a CSV, whole, as texts: a line that ends within quotes goes on in the next. */
export async function* csvTexts(lines: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let open = '';
  for await (const line of lines) {
    const text = open === '' ? line : `${open}\n${line}`;
    const isOpen = (text.match(/"/g)?.length ?? 0) % 2 === 1;
    open = isOpen ? text : '';
    if (!isOpen) yield text;
  }
  if (open !== '') yield open;
}
