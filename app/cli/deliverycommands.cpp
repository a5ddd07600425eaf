// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/exitcodes.h"
#include "cli/present.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace Earshot {

namespace {

/// What a channel's pull or delivery failed with: its error, else what could not be sent.
std::optional<Error> failureOf(const ChannelReport &report)
{
    if (report.error)
        return report.error;
    if (report.unsure > 0)
        return Error{ErrorKind::unsure, QStringLiteral("%1 not known to have arrived").arg(report.unsure), {}};
    if (report.failed > 0)
        return Error{ErrorKind::unknown, QStringLiteral("%1 failed: earshotctl outbox").arg(report.failed), {}};
    return std::nullopt;
}

/// One error for all channels: of their kind when they agree, else transient.
Done allOf(const QList<ChannelReport> &reports)
{
    std::optional<Error> all;
    QStringList details;
    QSet<ErrorKind> kinds;
    for (const ChannelReport &report : reports) {
        if (const std::optional<Error> failure = failureOf(report))
            kinds.insert(failure->kind);
    }
    for (const ChannelReport &report : reports) {
        const std::optional<Error> failure = failureOf(report);
        if (!failure)
            continue;
        // The kind that all have in common is said once, before them.
        const QString what = kinds.size() > 1 || failure->detail.isEmpty() ? sentenceOf(*failure) : failure->detail;
        // A report of no channel is of all of them: the server was not reached, or refuses.
        details.append(
            report.channel.isValid()
                ? QStringLiteral("%1 (channel %2): %3").arg(report.name, QString::number(report.channel.value), what)
                : what);
        if (!all)
            all = failure;
        else if (all->kind != failure->kind)
            all = Error{ErrorKind::transient, {}, {}};
    }
    if (!all)
        return {};
    return fail(all->kind, details.join(QStringLiteral("; ")), all->until);
}

Done tell(Call &call, const QList<ChannelReport> &reports, const QStringList &headings,
          QStringList (*cells)(const ChannelReport &))
{
    Table table(QStringList{QStringLiteral("CHANNEL"), QStringLiteral("NAME")} + headings +
                QStringList{QStringLiteral("PROBLEM")});
    QJsonArray json;
    for (const ChannelReport &report : reports) {
        table.add(QStringList{QString::number(report.channel.value), report.name} + cells(report) +
                  QStringList{report.error ? sentenceOf(*report.error) : QString()});
        json.append(reportJson(report));
    }
    call.output().table(table);
    call.output().json(json);
    return allOf(reports);
}

/// An empty inbox is to be understood: what was pulled without trouble, but brought nothing, may have a reason.
void tellWhyEmpty(Call &call, const QList<ChannelReport> &reports)
{
    const auto isEmpty = [](const ChannelReport &report) { return !report.error && report.messages == 0; };
    if (std::none_of(reports.cbegin(), reports.cend(), isEmpty))
        return;
    const auto channels = call.channelsById();
    if (!channels)
        return;
    for (const ChannelReport &report : reports) {
        const ChannelRecord channel = channels->value(report.channel);
        if (isEmpty(report) && channel.health == Health::ok && !channel.healthDetail.isEmpty())
            call.output().note(QStringLiteral("%1 (channel %2): %3 (channel add --since)")
                                   .arg(report.name, QString::number(report.channel.value), channel.healthDetail));
    }
}

Done pull(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    ChannelId channel;
    if (call.has("channel")) {
        const Result<ChannelRecord> found = call.channel(call.value("channel"));
        if (!found)
            return tl::unexpected(found.error());
        channel = found->id;
    }
    const auto reports = awaitValue(call.channels().pull(channel), call.interrupt());
    if (!reports)
        return tl::unexpected(reports.error());
    tellWhyEmpty(call, *reports);
    return tell(call, *reports, {QStringLiteral("NEW"), QStringLiteral("CHANGED")}, [](const ChannelReport &report) {
        return QStringList{QString::number(report.messages), QString::number(report.changes)};
    });
}

Done deliver(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    const auto reports = awaitValue(call.channels().deliver(call.has("now")), call.interrupt());
    if (!reports)
        return tl::unexpected(reports.error());
    return tell(call, *reports,
                {QStringLiteral("SENT"), QStringLiteral("WAITING"), QStringLiteral("FAILED"), QStringLiteral("UNSURE")},
                [](const ChannelReport &report) {
                    return QStringList{QString::number(report.sent), QString::number(report.waiting),
                                       QString::number(report.failed), QString::number(report.unsure)};
                });
}

QString problemOf(const DeliveryRecord &delivery)
{
    if (delivery.failureDetail.isEmpty())
        return delivery.failure;
    return delivery.failure + QStringLiteral(": ") + delivery.failureDetail;
}

Done outbox(Call &call)
{
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const auto deliveries = call.ask(Ask::Outbox());
    if (!deliveries)
        return tl::unexpected(deliveries.error());
    Table table({QStringLiteral("ID"), QStringLiteral("STATE"), QStringLiteral("EFFECT"), QStringLiteral("NUMBER"),
                 QStringLiteral("SINCE"), QStringLiteral("PROBLEM"), QStringLiteral("TEXT")});
    QJsonArray json;
    for (const DeliveryRecord &delivery : *deliveries) {
        table.add({QString::number(delivery.id.value), word(delivery.state), word(delivery.effect),
                   QLatin1Char('#') + QString::number(delivery.conversationNumber), call.shown(delivery.createdAt),
                   problemOf(delivery), delivery.text});
        json.append(deliveryJson(delivery));
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

Done actOnDelivery(Call &call, const QString &done, ActionArguments (*make)(DeliveryId))
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    const Result<DeliveryRecord> delivery = call.delivery(call.argument(0));
    if (!delivery)
        return tl::unexpected(delivery.error());
    Deed deed;
    deed.action = makeAction(make(delivery->id), call.now());
    deed.action.force = call.has("force");
    deed.subject = QStringLiteral("delivery %1").arg(delivery->id.value);
    deed.done = done;
    deed.json = QJsonObject{{QStringLiteral("id"), delivery->id.value}};
    const auto outcomes = doAll(call, {deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done retry(Call &call)
{
    return actOnDelivery(call, QStringLiteral("queued again"),
                         [](DeliveryId id) { return ActionArguments(Act::RetryDelivery{id}); });
}

Done cancel(Call &call)
{
    return actOnDelivery(call, QStringLiteral("cancelled"),
                         [](DeliveryId id) { return ActionArguments(Act::CancelDelivery{id}); });
}

Done settle(Call &call)
{
    return actOnDelivery(call, QStringLiteral("settled: it arrived"),
                         [](DeliveryId id) { return ActionArguments(Act::SettleDelivery{id}); });
}

} // namespace

QList<Command> deliveryCommands()
{
    return {
        {"pull", "", 0, 0, "Fetch what is new on every channel, once", pull, {{"channel", "CHANNEL", "only this one"}}},
        {"deliver", "", 0, 0, "Send what is due", deliver, {{"now", nullptr, "also what is still in its undo window"}}},
        {"outbox", "", 0, 0, "List what is not yet sent, and why", outbox, {}},
        {"outbox retry",
         "DELIVERY",
         1,
         1,
         "Try a failed one again",
         retry,
         {{"force", nullptr, "also an unsure one: you have looked, and it did not arrive"}}},
        {"outbox cancel", "DELIVERY", 1, 1, "Take back what has not left", cancel, {}},
        {"outbox settle", "DELIVERY", 1, 1, "Say that an unsure one did arrive", settle, {}},
    };
}

} // namespace Earshot
