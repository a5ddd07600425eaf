// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/action.h"

#include "model/outcome.h"

#include <QRandomGenerator>

#include <array>

namespace Earshot {

namespace {

constexpr std::array<QLatin1StringView, ActionArguments::kindCount> kindWords = {
    QLatin1StringView("claim"),          QLatin1StringView("assign"),
    QLatin1StringView("unassign"),       QLatin1StringView("setStatus"),
    QLatin1StringView("snooze"),         QLatin1StringView("wake"),
    QLatin1StringView("addTag"),         QLatin1StringView("removeTag"),
    QLatin1StringView("setPriority"),    QLatin1StringView("addNote"),
    QLatin1StringView("editNote"),       QLatin1StringView("sendReply"),
    QLatin1StringView("cancelReply"),    QLatin1StringView("retryReply"),
    QLatin1StringView("settleReply"),    QLatin1StringView("performEffect"),
    QLatin1StringView("mergeContacts"),  QLatin1StringView("splitContact"),
    QLatin1StringView("setDuty"),        QLatin1StringView("pauseSending"),
    QLatin1StringView("resumeSending"),  QLatin1StringView("addAgent"),
    QLatin1StringView("editAgent"),      QLatin1StringView("addChannel"),
    QLatin1StringView("editChannel"),    QLatin1StringView("removeChannel"),
    QLatin1StringView("keepSavedReply"), QLatin1StringView("removeSavedReply"),
    QLatin1StringView("keepMacro"),      QLatin1StringView("removeMacro"),
    QLatin1StringView("addTeam"),        QLatin1StringView("setTeamMember"),
    QLatin1StringView("setChannelTeam"), QLatin1StringView("saveView"),
    QLatin1StringView("removeView"),     QLatin1StringView("moveView"),
    QLatin1StringView("pinNotice"),      QLatin1StringView("unpinNotice"),
    QLatin1StringView("renameTeam"),     QLatin1StringView("removeTeam"),
    QLatin1StringView("changeSetting"),
};

constexpr std::array<QLatin1StringView, 17> refusalWords = {
    QLatin1StringView("permission"),        QLatin1StringView("notFound"),
    QLatin1StringView("invalid"),           QLatin1StringView("taken"),
    QLatin1StringView("changed"),           QLatin1StringView("stale"),
    QLatin1StringView("answeredElsewhere"), QLatin1StringView("notPossible"),
    QLatin1StringView("outOfOrder"),        QLatin1StringView("deviceReset"),
    QLatin1StringView("dependsOnRefused"),  QLatin1StringView("tryAgain"),
    QLatin1StringView("unreachable"),       QLatin1StringView("moreReaders"),
    QLatin1StringView("restored"),          QLatin1StringView("tooLarge"),
    QLatin1StringView("unreadable"),
};

} // namespace

ActionArguments::ActionArguments() = default;
ActionArguments::~ActionArguments() = default;
ActionArguments::ActionArguments(const ActionArguments &other) = default;
ActionArguments::ActionArguments(ActionArguments &&other) noexcept = default;
ActionArguments &ActionArguments::operator=(const ActionArguments &other) = default;
ActionArguments &ActionArguments::operator=(ActionArguments &&other) noexcept = default;
bool ActionArguments::operator==(const ActionArguments &other) const = default;

QString kindOf(const ActionArguments &arguments)
{
    return QString(kindWords.at(arguments.index()));
}

QUuid newUuid(Time now)
{
    std::array<quint8, 16> bytes{};
    const auto ms = static_cast<quint64>(toMs(now));
    // Different, not secret: asking the system for each would make ten thousand actions take more than a frame.
    const quint64 high = QRandomGenerator::global()->generate64();
    const quint64 low = QRandomGenerator::global()->generate64();
    for (size_t i = 0; i < 6; ++i)
        bytes[i] = static_cast<quint8>((ms >> (8 * (5 - i))) & 0xff);
    for (size_t i = 6; i < 8; ++i)
        bytes[i] = static_cast<quint8>((high >> (8 * i)) & 0xff);
    for (size_t i = 8; i < 16; ++i)
        bytes[i] = static_cast<quint8>((low >> (8 * (i - 8))) & 0xff);
    bytes[6] = static_cast<quint8>((bytes[6] & 0x0f) | 0x70);
    bytes[8] = static_cast<quint8>((bytes[8] & 0x3f) | 0x80);
    return QUuid::fromRfc4122(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
}

bool isBasedOnAll(const ActionArguments &arguments)
{
    return std::holds_alternative<Act::PerformEffect>(arguments) || std::holds_alternative<Act::SetDuty>(arguments) ||
           std::holds_alternative<Act::CancelDelivery>(arguments) ||
           std::holds_alternative<Act::RetryDelivery>(arguments);
}

Action makeAction(ActionArguments arguments, Time now, Seq basedOn)
{
    Action action;
    action.id = newUuid(now);
    action.claimedAt = now;
    action.basedOn = basedOn;
    action.arguments = std::move(arguments);
    return action;
}

QString word(RefusalKind kind)
{
    const auto index = static_cast<size_t>(kind);
    return index < refusalWords.size() ? QString(refusalWords[index]) : QString();
}

std::optional<RefusalKind> refusalFromWord(QStringView text)
{
    for (size_t i = 0; i < refusalWords.size(); ++i) {
        if (text == refusalWords[i])
            return static_cast<RefusalKind>(i);
    }
    return std::nullopt;
}

} // namespace Earshot
