// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings/outboxwords.h"

#include "model/withdrawal.h"
#include "ui/conversation/sentences.h"
#include "ui/shell/errortext.h"
#include "ui/shell/macrowording.h"
#include "ui/shell/wording.h"
#include "workspace/sincewritten.h"

namespace Earshot {

namespace {

const QString gap = QStringLiteral("\n\n");

bool reachesNetwork(const WaitingAction &one)
{
    return std::holds_alternative<Act::SendReply>(one.action.arguments);
}

QString stepText(const MacroStep &step, const Roster &roster)
{
    const bool isText = step.kind == MacroStepKind::addNote || step.kind == MacroStepKind::reply;
    return isText ? MacroWording::of(step.kind) + QLatin1Char('\n') + step.argument : MacroWording::of(step, roster);
}

} // namespace

QString OutboxWords::of(const ActionArguments &arguments, const Roster &roster)
{
    if (const auto *reply = std::get_if<Act::SendReply>(&arguments)) {
        QStringList all = QStringList{reply->text} + reply->furtherParts;
        if (!reply->contentWarning.isEmpty())
            all.prepend(tr("Content warning: %1").arg(reply->contentWarning));
        return all.join(gap);
    }
    if (const auto *note = std::get_if<Act::AddNote>(&arguments))
        return note->text;
    if (const auto *edit = std::get_if<Act::EditNote>(&arguments))
        return edit->text;
    if (const auto *saved = std::get_if<Act::KeepSavedReply>(&arguments))
        return saved->text;
    if (const auto *notice = std::get_if<Act::PinNotice>(&arguments))
        return notice->text;
    if (const auto *macro = std::get_if<Act::KeepMacro>(&arguments)) {
        QStringList all{macro->name};
        for (const MacroStep &step : macro->steps)
            all.append(stepText(step, roster));
        return all.join(gap);
    }
    if (const auto *view = std::get_if<Act::SaveView>(&arguments)) {
        const QString &search = view->content.search;
        return view->content.name + (search.isEmpty() ? QString() : gap + search);
    }
    return {};
}

bool OutboxWords::areWrittenOnHere(const ActionArguments &arguments)
{
    return std::holds_alternative<Act::EditNote>(arguments) || std::holds_alternative<Act::KeepSavedReply>(arguments) ||
           std::holds_alternative<Act::PinNotice>(arguments);
}

ActionArguments OutboxWords::with(const ActionArguments &arguments, const QString &words)
{
    ActionArguments changed = arguments;
    if (auto *edit = std::get_if<Act::EditNote>(&changed))
        edit->text = words;
    else if (auto *saved = std::get_if<Act::KeepSavedReply>(&changed))
        saved->text = words;
    else if (auto *notice = std::get_if<Act::PinNotice>(&changed))
        notice->text = words;
    return changed;
}

QString OutboxWords::stateOf(const WaitingAction &one)
{
    if (one.isSettling)
        return tr("the server is asked whether it was done");
    if (!one.isRefused)
        return tr("waiting for the server");
    if (!one.mayBeKnown)
        return isWithdrawn(one.refusal) ? tr("not done") : tr("refused");
    return reachesNetwork(one) ? tr("may have been published") : tr("may have been done");
}

QString OutboxWords::whyHeldUp(const HeldUp &held)
{
    if (!held.why && held.isFile)
        return tr("A file of a reply is on its way to the server. What is done in other conversations does not wait "
                  "for it.");
    if (!held.why)
        return tr("It is on its way to the server.");
    const bool isThere = held.why->kind == ErrorKind::transient || held.why->kind == ErrorKind::rateLimited ||
                         held.why->kind == ErrorKind::unsure;
    QString why = ErrorText::of(*held.why);
    if (isThere)
        why = held.isFile ? tr("The server is there, but does not take a file of a reply now.")
                          : tr("The server is there, but does not take what is done here now.");
    if (isKnown(held.again))
        why += QLatin1Char(' ') + tr("It is tried again at %1.").arg(Wording::clockTime(held.again));
    return why;
}

QString OutboxWords::whyRefused(const Refusal &refusal, AgentId me)
{
    const bool isOwn = refusal.kind == RefusalKind::changed && refusal.by == me && me.isValid();
    return isOwn ? tr("You changed this meanwhile on another device.") : ErrorText::of(refusal);
}

QString OutboxWords::whyIsHere(const WaitingAction &one, AgentId me, const std::optional<HeldUp> &held)
{
    if (one.isSettling)
        return tr("As soon as the server is reached it says whether this was done already. If it was not, it never "
                  "will be by itself.");
    if (!one.isRefused)
        return held ? whyHeldUp(*held) : tr("It is sent as soon as the server is reached.");
    if (isWithdrawn(one.refusal))
        return tr("It did not get through to the server: it was not done.");
    QString why = whyRefused(one.refusal, me);
    if (!one.isRefusedHere)
        return tr("The server refused it: %1").arg(why);
    if (!one.mayBeKnown)
        return why;
    // Nothing is wrong with what was entered: what happened on the way is all that there is to say.
    if (const QString known = ErrorText::knownReason(one.refusal.detail); !known.isEmpty())
        why = known.left(1).toUpper() + known.sliced(1) + QLatin1Char('.');
    if (!reachesNetwork(one))
        return why;
    return why + QLatin1Char(' ') +
           tr("Sent again unchanged it is published once; before it is changed the server is asked.");
}

QString OutboxWords::unsettled(const Result<Settled> &settled)
{
    if (settled)
        return tr("It was done already, and stays as it was sent.");
    switch (settled.error().kind) {
    case ErrorKind::transient:
        return tr("The server does not answer now. It is asked as soon as it is reached; until then these words wait "
                  "here.");
    case ErrorKind::unsupported:
        return tr("The server is too old to say whether it was done already. Nothing was changed.");
    case ErrorKind::unsure:
        return tr("The server could not be asked whether it was done already. Nothing was changed.");
    default:
        return ErrorText::of(settled.error());
    }
}

QString OutboxWords::of(const MessageRecord &message, Time now)
{
    const QString when = Sentences::moment(message.sentAt, now);
    const QString agent = Wording::isolated(message.agentName);
    QString who = tr("%1 · %2", "name · time").arg(Wording::isolated(message.authorName), when);
    if (message.kind == MessageKind::note)
        who = tr("%1 noted · %2").arg(agent, when);
    else if (message.kind == MessageKind::reply)
        who = message.agentName.isEmpty() ? tr("Answered on the network · %1").arg(when)
                                          : tr("%1 answered · %2").arg(agent, when);
    const QString state = Sentences::remoteState(message);
    if (!state.isEmpty())
        who += QStringLiteral(" · ") + state;
    return who + QLatin1Char('\n') + message.text;
}

QString OutboxWords::present(const SinceWritten &since, Time now)
{
    if (since.present)
        return *since.present;
    if (!since.conversation.isValid())
        return {};
    QStringList all;
    if (since.isCut)
        all.append(tr("There is more; open the conversation."));
    if (!since.isSince)
        all.append(tr("Nothing was written since. The newest messages:"));
    for (const MessageRecord &message : since.messages)
        all.append(of(message, now));
    return all.join(gap);
}

} // namespace Earshot
