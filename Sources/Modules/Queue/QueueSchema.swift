import Contracts
import Store

/// The tables of the queue.
///
/// A number series is per place, day and service; the unique indexes have the last word on doubled numbers, doubled
/// submissions and two live tickets of one application. In a column `place` stands a `PlaceID`; what a row says of a
/// counter or a day is about that place.
enum QueueSchema {
  static let schema = Schema(
    module: "queue",
    migrations: [
      Migration(
        1, "tickets and counters",
        tables: tickets + [PromiseTable.table, EstimateSchema.table, ClosedDayTable.table, CounterLossTable.table])
    ])

  private static let tickets = [series, ticket, transition, undo, counter, call]

  private static let series = Table(
    "queue_series",
    columns: [
      .integer("place"),
      .text("day"),
      .text("letter"),
      .integer("last").check("last > 0"),
    ],
    key: ["place", "day", "letter"])

  private static let ticket = Table(
    "queue_ticket",
    columns: [
      .identity("id"),
      .integer("place"),
      .text("code").unique,
      .text("reference").unique,
      .text("day"),
      .text("letter"),
      .integer("number").check("number > 0"),
      .text("service"),
      .text("application").optional,
      .flag("priority"),
      .text("channel"),
      .text("submission").unique,
      .text("state"),
      .integer("counter").optional,
      .integer("officer").optional,
      .integer("calls").defaulting(to: 0),
      .integer("issued_at"),
      .integer("called_at").optional,
      .integer("started_at").optional,
      .integer("ended_at").optional,
      .text("language").defaulting(to: "id"),
      .integer("appointed_at").optional,
      .integer("since").defaulting(to: 0),
      .integer("step").defaulting(to: 0),
      .text("line").defaulting(to: ""),
      .integer("waits_from").defaulting(to: 0),
      .integer("passed_over").defaulting(to: 0),
      .text("target").optional,
      .integer("hold_until").optional,
      .text("reason").optional,
    ],
    unique: [["place", "day", "letter", "number"]],
    indexes: [
      .index("queue_ticket_called", on: ["place", "day", "called_at"], where: "called_at IS NOT NULL"),
      .index("queue_ticket_line", on: ["place", "day", "line", "waits_from", "id"], where: TicketTable.isWaiting),
      .index("queue_ticket_held", on: ["place", "hold_until"], where: TicketTable.isHeld),
      .unique("queue_ticket_hand", on: ["place", "counter"], where: TicketTable.isInHand),
      .unique(
        "queue_ticket_application", on: ["day", "application"],
        where: "application IS NOT NULL AND \(TicketTable.isLive)"),
      .index("queue_ticket_of", on: ["application"], where: "application IS NOT NULL"),
    ])

  private static let transition = Table(
    "queue_transition",
    columns: [
      .identity("id"),
      .integer("place"),
      .text("day"),
      .integer("ticket").refers(to: "queue_ticket", "id"),
      .text("action"),
      .text("from_state").optional,
      .text("to_state"),
      .integer("at"),
      .integer("spent").check("spent >= 0"),
      .text("service"),
      .integer("step"),
      .integer("priority"),
      .integer("counter").optional,
      .text("actor"),
      .text("reason").optional,
    ],
    indexes: [
      .index("queue_transition_ticket", on: ["ticket", "id"]),
      .index("queue_transition_day", on: ["day", "id"]),
      .index(
        "queue_transition_served", on: ["day", "service", "step", "id"],
        where: "from_state = \(literal: TicketState.serving)"),
    ])

  private static let undo = Table(
    "queue_undo",
    columns: [
      .integer("place"),
      .integer("counter"),
      .integer("transition"),
      .text("action"),
      .integer("at"),
      .integer("ticket").refers(to: "queue_ticket", "id"),
      .text("state"),
      .integer("since"),
      .integer("at_counter").optional,
      .integer("officer").optional,
      .integer("calls"),
      .text("service"),
      .integer("step"),
      .integer("waits_from"),
      .integer("passed_over"),
      .text("target").optional,
      .integer("hold_until").optional,
      .text("reason").optional,
      .integer("called_at").optional,
      .integer("started_at").optional,
      .integer("ended_at").optional,
      .text("stage").optional,
    ],
    key: ["place", "counter"])

  private static let counter = Table(
    "queue_counter",
    columns: [
      .integer("place"),
      .integer("number"),
      .text("state"),
      .integer("since"),
      .text("reason").optional,
      .integer("officer").optional,
      .text("officer_name").optional,
      .text("languages"),
      .text("services"),
    ],
    key: ["place", "number"])

  private static let call = Table(
    "queue_call",
    columns: [
      .identity("id"),
      .integer("place"),
      .text("day"),
      .integer("ticket").refers(to: "queue_ticket", "id"),
      .integer("counter"),
      .integer("officer"),
      .integer("at"),
      .text("cause"),
      .text("reason").optional,
      .text("score"),
      .integer("runner_up").optional.refers(to: "queue_ticket", "id"),
      .text("runner_up_score").optional,
    ],
    indexes: [
      .index("queue_call_day", on: ["day", "id"]),
      .index("queue_call_ticket", on: ["ticket"]),
    ])
}
