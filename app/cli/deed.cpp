// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/deed.h"

#include "cli/exitcodes.h"
#include "cli/present.h"

#include <QJsonArray>

namespace Earshot {

namespace {

/// Why it was not done; nothing when it was.
std::optional<Error> failureOf(const Outcome &outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::applied:
        return std::nullopt;
    case Outcome::Kind::refused:
        return errorOf(outcome.refusal);
    case Outcome::Kind::unknown:
        break;
    }
    return Error{ErrorKind::tryAgain, QStringLiteral("not known yet whether it is applied"), {}};
}

} // namespace

Result<QList<Outcome>> doAll(Call &call, const QList<Deed> &deeds, bool isSingle)
{
    QList<Action> actions;
    for (const Deed &deed : deeds)
        actions.append(deed.action);
    Result<QList<Outcome>> outcomes = call.perform(actions);
    if (!outcomes)
        return outcomes;
    QJsonArray json;
    QStringList refusals;
    std::optional<Error> first;
    for (qsizetype i = 0; i < deeds.size(); ++i) {
        const Deed &deed = deeds.at(i);
        const Outcome &outcome = outcomes->at(i);
        QJsonObject row = deed.json;
        const QJsonObject told = outcomeJson(outcome);
        for (auto member = told.begin(); member != told.end(); ++member)
            row.insert(member.key(), member.value());
        if (!deed.made.isEmpty())
            row.insert(deed.made, idJson(outcome.created));
        json.append(row);
        if (const std::optional<Error> failure = failureOf(outcome)) {
            refusals.append(QStringLiteral("%1: %2").arg(deed.subject, failure->detail));
            first = first ? first : failure;
        } else {
            const QString was = outcome.hadEffect ? QString() : QStringLiteral(" (it was so already)");
            call.output().text(QStringLiteral("%1: %2%3").arg(deed.subject, deed.done, was));
        }
    }
    call.output().json(isSingle && json.size() == 1 ? QJsonValue(json.first().toObject()) : QJsonValue(json));
    if (first)
        return fail(first->kind, refusals.join(QStringLiteral("; ")));
    return outcomes;
}

Result<Deed> deedOn(Call &call, const ConversationRecord &conversation, ActionArguments arguments, const QString &done)
{
    Seq basedOn = conversation.seq;
    if (call.has("based-on")) {
        const Result<qint64> given = parseNumber(call.value("based-on"));
        if (!given)
            return fail(ErrorKind::invalid, QStringLiteral("--based-on wants the \"seq\" of show --json"));
        basedOn = *given;
    }
    Deed deed;
    deed.action = makeAction(std::move(arguments), call.now(), basedOn);
    deed.action.force = call.has("force");
    deed.subject = QLatin1Char('#') + QString::number(conversation.number);
    deed.done = done;
    deed.json = QJsonObject{{QStringLiteral("id"), conversation.number}};
    return deed;
}

} // namespace Earshot
