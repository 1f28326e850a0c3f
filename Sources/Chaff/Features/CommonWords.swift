/// Words that stand for themselves in a line's pattern: the five hundred that stand on most lines of whole pages in
/// this project's `TrainingData`, in the order of the alphabet.
///
/// The list belongs to the normalisation, as case folding does, and not to a model: pages can then be counted where they
/// lie, before anyone knows which words will turn out to be common. Words of other languages stand for their case.
/// How many they are matters little: 150 do a little worse, 1,500 no better.
package struct CommonWords: Sendable {
  /// The words' hashes.
  let hashes: [UInt64]
  private let table: HashTable

  package static let english = CommonWords(hashes: hashes(of: text))

  /// - Parameter hashes: of folded words, each once.
  init(hashes: [UInt64]) {
    self.hashes = hashes
    table = HashTable(hashes)
  }

  /// The hashes of the words of a text with spaces and line feeds between.
  ///
  /// No word has memory of its own: each process that judges a line comes by here.
  static func hashes(of text: StaticString) -> [UInt64] {
    text.withUTF8Buffer { text in
      var hashes: [UInt64] = []
      var word = WordHasher()
      for byte in text {
        if byte != 0x20 && byte != 0x0a {
          word.add(byte)
        } else if word.count > 0 {
          hashes.append(word.value)
          word = WordHasher()
        }
      }
      return word.count > 0 ? hashes + [word.value] : hashes
    }
  }

  /// Whether a folded word, given by its ``WordHasher/value``, is common.
  /// - Complexity: O(1).
  @inline(__always)
  func contains(_ hash: UInt64) -> Bool { table.contains(hash) }

  private static let text: StaticString = """
    a about account add address advertise advertisement after again against ago all already also am an and another
    answer any anyone anything app april archive are around article as ask asked at august away back bank be because
    been before behind being below best better between big board book books both bought box bring bus business but buy
    by c call called came can car card change check children choose city click close closed code come comes comment
    comments company contact content copyright cost could council count county court cut d data date day days did didn
    do does doesn dog don done door down e each editor eight eleven else email end english ever every everyone
    everything example facebook family far father february find first five floor follow food for forty found four free
    friday from front full gave get gets give given go goes going gone good got group had half hall hand has have he
    health hear help her here him his home hour hours house how hundred i if in inside instagram into is isn issue it
    its january jobs join july june just k keep kept kitchen know last late latest law leave left less let letter
    letters library life light like line link links list little live ll local log login long look looked lost ltd m made
    mail main make man many map march market may me media member members menu million min minutes monday money month
    months more morning most mother moved mr mrs much must my name near need never new news next night nine no nobody
    not note notes nothing notice november now number october of off office old on once one only open opinion or order
    other our out outside over own p page pages paid paper part password past pay people per person phone photo photos
    place plan please pm policy post posted posts press price print privacy public published put r re read reading real
    register registered related report rest review right rights road room round rss run s said same saturday save say
    says school search second see seen send sent september service set seven share she shop short should show side sign
    since site six size skip small so sold some somebody something sports spring st staff stand start state still stop
    stories story street subscribe sunday t table take taken takes team tell ten terms text th than that the their them
    then there these they thing things think third thirty this those thought three through thursday time times to today
    told too took top town tuesday turn turned tweet twenty twice twitter two under until up updated us use used ve very
    video view wait wall want was watch water way we weather wednesday week weeks well went were what whatsapp when
    where whether which while who whole whose why will winter with within without woman won word words work works world
    would write written wrong wrote x year years yes you your
    """
}
