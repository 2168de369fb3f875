/** What a recorded history says about the machine it was recorded on, taken out; replay needs none of it. */
export function anonymous(history: string): string {
  return history
    .replaceAll(/"identity":\s*"[^"]*"/g, '"identity": "recorder"')
    .replaceAll(/"stackTrace":\s*"(?:[^"\\]|\\.)*"/g, '"stackTrace": ""')
    .replaceAll(/"name":\s*"\d+@[^"]*"/g, '"name": "recorder"');
}
