import Foundation
import Testing

@testable import ChaffCommand

struct LineChartTests {
  private func chart(xLargest: Double = 1, _ draw: (inout LineChart) -> Void) -> String {
    var chart = LineChart("x", title: "a <b>", description: "d", xLabel: "x", yLabel: "y", xLargest: xLargest)
    draw(&chart)
    return chart.svg
  }

  @Test func isNamedAndWellFormed() throws {
    let svg = chart { chart in
      chart.addLine([(0, 0), (0.5, 1), (1, 0.25)], series: 2)
      chart.addBar(from: 0, to: 0.1, height: 0.2)
      chart.addPoint(x: 0.5, y: 0.5, range: (0.4, 0.6), series: 1, hint: "\"hint\" & <more>")
      chart.addMark(x: 0.9, y: 0.5, name: "</svg>", hint: "h")
      chart.addDiagonal()
    }
    #expect(svg.contains("<title id=\"x-t\">a &lt;b&gt;</title>") && svg.contains("aria-labelledby=\"x-t x-d\""))
    #expect(!svg.contains("<more>"))
    #expect(svg.components(separatedBy: "</svg>").count == 2)
  }

  @Test func valuesStandWhereTheAxesSay() {
    // Without anything drawn the axis itself gives the corners.
    let axis = chart { _ in }
    #expect(axis.contains("d=\"M46.0 12.0L46.0 276.0L456.0 276.0\""))
    #expect(
      chart { $0.addLine([(0, 0), (1, 1)], series: 0) }.contains("class=\"line s0\" d=\"M46.0 276.0L456.0 12.0\""))
    #expect(chart { $0.addLine([(0.5, 0.5), (1, 1)], series: 0) }.contains("M251.0 144.0L"))
  }

  @Test func linesAreCutWhereTheAxisEnds() {
    let svg = chart(xLargest: 0.5) { $0.addLine([(0, 0), (0.25, 0.5), (0.9, 1)], series: 0) }
    #expect(svg.contains("d=\"M46.0 276.0L251.0 144.0L456.0 144.0\""))
    #expect(!chart(xLargest: 0.5) { $0.addMark(x: 0.9, y: 0, name: "far", hint: "") }.contains("far"))
  }

  @Test func onePointIsNoLine() {
    #expect(!chart { $0.addLine([(0, 0)], series: 0) }.contains("class=\"line"))
  }
}
