/// The word that `text` was most likely meant to be; nil when none is near enough to be worth a guess.
func nearest(to text: String, among words: [String]) -> String? {
  // No word is as long, and comparing takes time and memory for each character.
  guard text.utf8.count <= 200 else { return nil }
  let ranked = words.map { (word: $0, distance: editDistance(text.lowercased(), $0.lowercased())) }
  guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, text.count / 3) ? best.word : nil
}

/// How many single insertions, deletions, replacements and swaps of neighbours lead from one text
/// to the other (optimal string alignment).
func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left)
  let right = Array(right)
  var rows = [Array(0...right.count)]
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      let replaced = rows[i][j] + (left[i] == right[j] ? 0 : 1)
      var best = min(replaced, rows[i][j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, rows[i - 1][j - 1] + 1) }
      row.append(best)
    }
    rows.append(row)
  }
  return rows[left.count][right.count]
}
