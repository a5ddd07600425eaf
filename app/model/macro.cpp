// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/macro.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

namespace Earshot {

namespace {

bool isNumber(const QString &text, qint64 most)
{
    bool isFine = false;
    const qint64 number = text.toLongLong(&isFine);
    return isFine && number > 0 && number <= most;
}

/// A year, in minutes.
constexpr qint64 longestSnooze = 366 * 24 * 60;
/// An agent's id has no upper end.
constexpr qint64 anyId = std::numeric_limits<qint64>::max();

} // namespace

QString stepsToText(const QList<MacroStep> &steps)
{
    QJsonArray list;
    for (const MacroStep &step : steps)
        list.append(
            QJsonObject{{QStringLiteral("kind"), word(step.kind)}, {QStringLiteral("argument"), step.argument}});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QList<MacroStep> stepsFromText(const QString &text)
{
    QList<MacroStep> steps;
    const QJsonArray list = QJsonDocument::fromJson(text.toUtf8()).array();
    for (const QJsonValue &value : list) {
        const QJsonObject one = value.toObject();
        if (const auto kind = fromWord<MacroStepKind>(one.value(QLatin1StringView("kind")).toString()))
            steps.append({*kind, one.value(QLatin1StringView("argument")).toString()});
    }
    return steps;
}

bool isComplete(const MacroStep &step, QString *problem)
{
    bool isFine = true;
    switch (step.kind) {
    case MacroStepKind::claim:
    case MacroStepKind::giveBack:
    case MacroStepKind::wait:
    case MacroStepKind::reopen:
        break;
    case MacroStepKind::assign:
        isFine = isNumber(step.argument, anyId);
        break;
    case MacroStepKind::addTag:
    case MacroStepKind::removeTag:
    case MacroStepKind::addNote:
    case MacroStepKind::reply:
        isFine = !step.argument.trimmed().isEmpty();
        break;
    case MacroStepKind::setPriority:
        isFine = fromWord<Priority>(step.argument).has_value();
        break;
    case MacroStepKind::snooze:
        isFine = isNumber(step.argument, longestSnooze);
        break;
    case MacroStepKind::resolve: {
        // A duplicate names the other one, which no list of steps can know.
        const auto reason = fromWord<Reason>(step.argument);
        isFine = step.argument.isEmpty() || (reason && *reason != Reason::none && *reason != Reason::duplicate);
        break;
    }
    }
    if (!isFine && problem)
        *problem = word(step.kind);
    return isFine;
}

} // namespace Earshot
