// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/sentences.h"

#include "ui/shell/errortext.h"
#include "ui/shell/wording.h"

#include <algorithm>
#include <array>

#include <array>

namespace Earshot {

namespace {

/// Kinds that the timeline shows as a message or as a message's state.
bool isShownOtherwise(const QString &kind)
{
    static constexpr std::array kinds = {
        QLatin1StringView("sendReply"), QLatin1StringView("addNote"), QLatin1StringView("editNote"),
        QLatin1StringView("edited"),    QLatin1StringView("deleted"), QLatin1StringView("answeredOnNetwork"),
    };
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

struct Parts
{
    QString who;
    QString before;
    QString after;
    QString beforeName; ///< where the value is an agent's number
    QString afterName;
    bool isSelf = false; ///< the agent named is the one who acted
    bool isByAgent = false;
};

} // namespace

/// The sentences of each group of kinds; empty where the kind is none of theirs.
class EventSentences final
{
    Q_DECLARE_TR_FUNCTIONS(Earshot::EventSentences)

public:
    static QString owner(const QString &kind, const Parts &parts)
    {
        if (kind == QLatin1StringView("claim") || (kind == QLatin1StringView("assign") && parts.isSelf))
            return tr("%1 took this").arg(parts.who);
        if (kind == QLatin1StringView("assign"))
            return tr("%1 assigned this to %2").arg(parts.who, parts.afterName);
        if (kind == QLatin1StringView("unassign"))
            return tr("%1 gave this back to the team").arg(parts.who);
        return {};
    }

    static QString status(const QString &kind, const Parts &parts)
    {
        const QStringList words = parts.after.split(QLatin1Char(' '));
        const QString reason = words.value(1);
        if (kind == QLatin1StringView("snooze")) {
            const QDateTime until = QDateTime::fromString(words.value(1), Qt::ISODateWithMs);
            return until.isValid()
                       ? tr("%1 snoozed this until %2").arg(parts.who, Sentences::moment(timeFrom(until), Time()))
                       : tr("%1 snoozed this").arg(parts.who);
        }
        if (kind == QLatin1StringView("wake"))
            return parts.isByAgent ? tr("%1 ended the snooze").arg(parts.who) : tr("The snooze ended");
        if (kind == QLatin1StringView("reopened"))
            return tr("Reopened by a new message");
        if (kind != QLatin1StringView("setStatus"))
            return {};
        if (words.value(0) == word(Status::open))
            return tr("%1 reopened this").arg(parts.who);
        if (words.value(0) == word(Status::pending))
            return tr("%1 set this to waiting for the customer").arg(parts.who);
        return resolved(parts.who, reason);
    }

    static QString rest(const QString &kind, const Parts &parts)
    {
        if (kind == QLatin1StringView("addTag"))
            return tr("%1 added the tag %2").arg(parts.who, Wording::isolated(parts.after));
        if (kind == QLatin1StringView("removeTag"))
            return tr("%1 removed the tag %2").arg(parts.who, Wording::isolated(parts.before));
        if (kind == QLatin1StringView("setPriority")) {
            const Priority priority = fromWord<Priority>(parts.after).value_or(Priority::normal);
            return tr("%1 set this to %2").arg(parts.who, Sentences::priority(priority));
        }
        if (kind == QLatin1StringView("cancelReply"))
            return tr("%1 took a reply back before it was sent").arg(parts.who);
        if (kind == QLatin1StringView("retryReply"))
            return tr("%1 tried again to send a reply").arg(parts.who);
        if (kind == QLatin1StringView("settleReply"))
            return tr("%1 found that a reply had arrived").arg(parts.who);
        if (kind == QLatin1StringView("performEffect"))
            return effect(parts.who, parts.after);
        if (kind == QLatin1StringView("mergeContacts"))
            return tr("%1 merged two contacts").arg(parts.who);
        if (kind == QLatin1StringView("splitContact"))
            return tr("%1 took two contacts apart").arg(parts.who);
        if (kind == QLatin1StringView("deliveryFailed"))
            return tr("A reply could not be sent: %1").arg(ErrorText::ofDelivery(parts.after, {}));
        if (kind == QLatin1StringView("deliveryUnsure"))
            return tr("It is not known if a reply arrived");
        return tr("%1: %2").arg(parts.who, kind);
    }

private:
    static QString resolved(const QString &who, const QString &reason)
    {
        if (reason == word(Reason::spam))
            return tr("%1 resolved this as spam").arg(who);
        if (reason == word(Reason::noAnswerNeeded))
            return tr("%1 resolved this: no answer needed").arg(who);
        if (reason == word(Reason::duplicate))
            return tr("%1 resolved this as a duplicate").arg(who);
        return tr("%1 resolved this").arg(who);
    }

    static QString effect(const QString &who, const QString &what)
    {
        switch (fromWord<Effect>(what).value_or(Effect::reply)) {
        case Effect::like:
            return tr("%1 liked a message").arg(who);
        case Effect::unlike:
            return tr("%1 took back a like").arg(who);
        case Effect::boost:
            return tr("%1 boosted a message").arg(who);
        case Effect::unboost:
            return tr("%1 took back a boost").arg(who);
        case Effect::approve:
            return tr("%1 approved a message").arg(who);
        case Effect::unapprove:
            return tr("%1 took back an approval").arg(who);
        case Effect::hide:
            return tr("%1 hid a message").arg(who);
        case Effect::spam:
            return tr("%1 marked a message as spam").arg(who);
        case Effect::trash:
            return tr("%1 moved a message to the trash").arg(who);
        case Effect::restore:
            return tr("%1 restored a message").arg(who);
        case Effect::deleteOwn:
            return tr("%1 deleted a reply on the network").arg(who);
        case Effect::reply:
            break;
        }
        return tr("%1 acted on the network").arg(who);
    }
};

QString Sentences::event(const JournalRecord &line, const QHash<qint64, QString> &agentNames)
{
    if (isShownOtherwise(line.kind))
        return {};
    const auto name = [&agentNames](const QString &number) {
        const QString found = agentNames.value(number.toLongLong());
        return found.isEmpty() ? tr("somebody") : Wording::isolated(found);
    };
    Parts parts;
    parts.who = line.agentName.isEmpty() ? tr("The network") : Wording::isolated(line.agentName);
    parts.before = line.before;
    parts.after = line.after;
    parts.beforeName = name(line.before);
    parts.afterName = name(line.after);
    parts.isByAgent = line.agent.isValid();
    parts.isSelf = line.agent.isValid() && line.after.toLongLong() == line.agent.value;
    if (const QString text = EventSentences::owner(line.kind, parts); !text.isEmpty())
        return text;
    if (const QString text = EventSentences::status(line.kind, parts); !text.isEmpty())
        return text;
    return EventSentences::rest(line.kind, parts);
}

} // namespace Earshot
