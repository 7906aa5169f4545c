import Contracts
import Core
import HTML
import Spreadsheet
import Web

/// `/petugas/laporan`: what the hall did in a day, a week or a month, for supervisors.
struct ReportPages: Sendable {
  let reports: ReportService
  let zone: OfficeZone

  func routes() -> [Route] {
    [
      Route(.get, "/petugas/laporan", for: .officers(with: .reports)) { request in try await page(request) },
      Route(.get, "/petugas/laporan.xlsx", for: .officers(with: .reports), fresh: true) { request in
        let (sheet, name) = try await file(request)
        return .bytes(
          try sheet.workbook(dates: request.words("report.workbook-date")), mediaType: Worksheet.workbookMediaType,
          downloadName: "\(name).xlsx")
      },
      Route(.get, "/petugas/laporan.csv", for: .officers(with: .reports), fresh: true) { request in
        let (sheet, name) = try await file(request)
        return .bytes(sheet.csv, mediaType: "text/csv; charset=utf-8; header=present", downloadName: "\(name).csv")
      },
    ]
  }

  private func page(_ request: Request) async throws -> Response {
    let question = question(request)
    let report = try await reports.report(
      question, on: zone.date(of: request.context.now), as: request.principal)
    let names = try await names(of: report, request.words)
    let form = ReportForm(
      question: question, today: zone.date(of: request.context.now), office: reports.office,
      services: (reports.catalogue?.services(on: question.period.last) ?? []).map { ($0.code, request.words($0.name)) },
      officers: names.officers, words: request.words)
    return .page(request, title: request.words("report.title"), face: .console) {
      if let day = request.query("tanggal"), !day.isEmpty, CivilDate(iso: day) == nil {
        notice(.warning, title: request.words("report.no-such-day"), isNews: true)
      }
      ReportView(report: report, names: names, form: form).node
    }
  }

  /// The table that is asked for, and the name of its file.
  private func file(_ request: Request) async throws -> (sheet: Worksheet, name: String) {
    let question = question(request)
    guard let table = request.query("tabel").flatMap({ ReportFile.Table(rawValue: $0) }) else {
      throw Problem(.notFound, "not-found")
    }
    let report = try await reports.report(
      question, on: zone.date(of: request.context.now), as: request.principal)
    let names = try await names(of: report, request.words)
    request.note(.dataExported, ["export.table": table.rawValue])
    return (
      ReportFile(report: report, names: names).worksheet(table),
      "laporan-\(table.rawValue)-\(question.period.first)-\(question.period.last)"
    )
  }

  private func question(_ request: Request) -> ReportQuestion {
    ReportQuestion(today: zone.date(of: request.context.now)) { request.query($0) }
  }

  private func names(of report: HallReport, _ words: Words) async throws -> ReportNames {
    let codes = Set(report.rows.compactMap { if case .service(let code) = $0.group { ServiceCode(code) } else { nil } })
    let services = codes.map { ($0, reports.catalogue?.service($0).map { words($0.name) } ?? $0.rawValue) }
    return ReportNames(
      words: words, services: Dictionary(services, uniquingKeysWith: { first, _ in first }),
      officers: try await reports.accountNames(), zone: zone)
  }
}
