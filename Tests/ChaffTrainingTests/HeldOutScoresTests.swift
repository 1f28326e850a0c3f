import Chaff
@testable import ChaffTraining
import Foundation
import Testing

struct HeldOutScoresTests {
  private func scores(_ pages: [LabelledPage], minimumPages: Int = 1) -> (IndexedCorpus, HeldOutScores) {
    var options = TrainingOptions()
    options.smoothing = [1, 1, 1]
    options.minimumPages = [minimumPages, minimumPages, minimumPages]
    options.usesPhases = false
    let pages = HeldOutPages(pages, folds: 2, options: options)
    return (pages.corpus, pages.held)
  }

  private func words(_ line: Int, _ held: HeldOutScores) -> SIMD16<Float> {
    held.scores[(line * FeatureBlock.count + FeatureBlock.words.rawValue) * held.groups]
  }

  /// The other page has "home" once as nav, "the" and a word of its own once as content, each counted four times. With
  /// one half for each feature, p(home) = p(the) = 4.5 / 13, and one pseudo-count is four.
  @Test func scoresComeFromTheOtherPages() throws {
    let (corpus, held) = scores(try Toy.pair())
    #expect(held.labelCount == 2 && held.groups == 1)
    #expect(held.scores.count == 4 * FeatureBlock.count)
    let share = 4.5 / 13
    for line in corpus.lines.indices {
      let isNav = corpus.lines[line].label == 1
      // The word that stands on this page alone is unknown, and says nothing.
      let content = isNav ? -log(3.0) : log((1 + share) / share) - log(3.0)
      let nav = isNav ? log((1 + share) / share) - log(2.0) : -log(2.0)
      #expect(abs(Double(words(line, held)[0]) - content) < 1e-6)
      #expect(abs(Double(words(line, held)[1]) - nav) < 1e-6)
      #expect(words(line, held)[2] == 0)
    }
  }

  @Test func featuresOnTooFewOtherPagesSayNothing() throws {
    let (corpus, held) = scores(try Toy.pair(), minimumPages: 2)
    #expect(corpus.lines.indices.allSatisfy { words($0, held) == SIMD16(repeating: 0) })
  }

  /// Nobody asks for their scores; what they say counts in all folds.
  @Test func partsAreNeverHeldOut() throws {
    let (corpus, held) = scores(try Toy.pair() + Toy.pages("# part\ncontent\tHome\n"))
    #expect(corpus.pages.count == 2 && corpus.lines.count == 4)
    let (_, without) = scores(try Toy.pair())
    for line in corpus.lines.indices { #expect(words(line, held) != words(line, without)) }
  }

  /// Each fold's chain has seen one page: nav first, content last, both of form 0.
  @Test func chainsComeFromTheOtherPages() throws {
    let (_, held) = scores(try Toy.pair())
    #expect(held.chains.count == 2)
    // p(first) = (1 + 6 × 1/2) / 7 of whole pages and 1/2 of pieces; p(form 0 | label) = (1 + 10 × 3/8) / 11.
    let nav: Float = (4 / 7 + 1 / 2) / 2 * 4.75 / 11
    let content: Float = (3 / 7 + 1 / 2) / 2 * 4.75 / 11
    for chain in held.chains {
      #expect(abs(chain.initial[0][0] - content) < 1e-6)
      #expect(abs(chain.initial[0][1] - nav) < 1e-6)
      #expect(chain.prior[0][0] == 0.5 && chain.prior[0][1] == 0.5)
    }
  }
}
