// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/when.h"

#include <algorithm>
#include <functional>

namespace Earshot {

namespace {

constexpr int newestLooked = 100;

/// Makes a conversation's action; may look things up.
using Maker = std::function<Result<ActionArguments>(const ConversationRecord &conversation)>;

/// Opens the workspace and does one thing to each of the conversations. Nothing is done when one of them is not found.
Done toEach(Call &call, const QStringList &numbers, const QString &done, const Maker &make)
{
    const Result<QList<ConversationRecord>> conversations = call.conversations(numbers);
    if (!conversations)
        return tl::unexpected(conversations.error());
    QList<Deed> deeds;
    for (const ConversationRecord &conversation : *conversations) {
        Result<ActionArguments> arguments = make(conversation);
        if (!arguments)
            return tl::unexpected(arguments.error());
        Result<Deed> deed = deedOn(call, conversation, *std::move(arguments), done);
        if (!deed)
            return tl::unexpected(deed.error());
        deeds.append(*deed);
    }
    const auto outcomes = doAll(call, deeds, false);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done openToAct(Call &call)
{
    return call.open(Call::For::acting);
}

/// All arguments but the last.
QStringList numbersBeforeLast(const Call &call)
{
    QStringList numbers = call.invocation().arguments;
    numbers.removeLast();
    return numbers;
}

QString lastArgument(const Call &call)
{
    return call.invocation().arguments.last();
}

/// An argument that is a word of a list.
template <class Enum>
Result<Enum> wordArgument(const QString &text, const QString &what)
{
    const std::optional<Enum> value = fromWord<Enum>(text);
    if (!value)
        return fail(
            ErrorKind::invalid,
            QStringLiteral("%1 is one of %2, not \"%3\"").arg(what, words<Enum>().join(QStringLiteral(", ")), text));
    return *value;
}

Done claim(Call &call)
{
    if (Done opened = openToAct(call); !opened)
        return opened;
    return toEach(call, call.invocation().arguments, QStringLiteral("claimed"),
                  [](const ConversationRecord &conversation) { return ActionArguments(Act::Claim{conversation.id}); });
}

Done unassign(Call &call)
{
    if (Done opened = openToAct(call); !opened)
        return opened;
    return toEach(
        call, call.invocation().arguments, QStringLiteral("unassigned"),
        [](const ConversationRecord &conversation) { return ActionArguments(Act::Unassign{conversation.id}); });
}

Done assign(Call &call)
{
    if (Done opened = openToAct(call); !opened)
        return opened;
    const Result<AgentRecord> agent = call.agent(lastArgument(call));
    if (!agent)
        return tl::unexpected(agent.error());
    return toEach(call, numbersBeforeLast(call), QStringLiteral("assigned to ") + agent->name,
                  [&agent](const ConversationRecord &conversation) {
                      return ActionArguments(Act::Assign{conversation.id, agent->id});
                  });
}

/// "answered" when one of us has replied, as the desktop does it.
Result<Reason> usualReason(Call &call, ConversationId conversation)
{
    Ask::Timeline newest;
    newest.conversation = conversation;
    newest.limit = newestLooked;
    const auto messages = call.ask(newest);
    if (!messages)
        return tl::unexpected(messages.error());
    const bool isAnswered = std::any_of(messages->begin(), messages->end(), [](const MessageRecord &message) {
        return message.kind == MessageKind::reply;
    });
    return isAnswered ? Reason::answered : Reason::noAnswerNeeded;
}

/// What --reason and --duplicate-of say; Reason::none = nothing.
struct Resolution
{
    Reason reason = Reason::none;
    ConversationId duplicateOf;
};

Result<Resolution> givenResolution(Call &call)
{
    Resolution given;
    if (call.has("duplicate-of")) {
        const Result<ConversationRecord> other = call.conversation(call.value("duplicate-of"));
        if (!other)
            return tl::unexpected(other.error());
        given = {Reason::duplicate, other->id};
    }
    if (call.has("reason")) {
        const Result<Reason> reason = wordArgument<Reason>(call.value("reason"), QStringLiteral("--reason"));
        if (!reason)
            return tl::unexpected(reason.error());
        if (*reason == Reason::duplicate && !given.duplicateOf.isValid())
            return fail(ErrorKind::invalid, QStringLiteral("Of which one? --duplicate-of NUMBER"));
        given.reason = *reason;
    }
    return given;
}

Done status(Call &call)
{
    const Result<Status> status = wordArgument<Status>(lastArgument(call), QStringLiteral("The status"));
    if (!status)
        return tl::unexpected(status.error());
    if (*status == Status::snoozed)
        return fail(ErrorKind::invalid, QStringLiteral("Snoozing needs a time: earshotctl snooze NUMBER UNTIL"));
    if (*status != Status::resolved && (call.has("reason") || call.has("duplicate-of")))
        return fail(ErrorKind::invalid, QStringLiteral("Only resolved goes with a reason"));
    if (Done opened = openToAct(call); !opened)
        return opened;
    const Result<Resolution> given = givenResolution(call);
    if (!given)
        return tl::unexpected(given.error());
    return toEach(call, numbersBeforeLast(call), word(*status),
                  [&](const ConversationRecord &conversation) -> Result<ActionArguments> {
                      Act::SetStatus set{conversation.id, *status, given->reason, given->duplicateOf};
                      if (*status == Status::resolved && set.reason == Reason::none) {
                          const Result<Reason> reason = usualReason(call, conversation.id);
                          if (!reason)
                              return tl::unexpected(reason.error());
                          set.reason = *reason;
                      }
                      return ActionArguments(set);
                  });
}

Done snooze(Call &call)
{
    const Result<Time> until = parseFuture(lastArgument(call), call.now(), call.zone());
    if (!until)
        return tl::unexpected(until.error());
    if (Done opened = openToAct(call); !opened)
        return opened;
    return toEach(call, numbersBeforeLast(call), QStringLiteral("snoozed until ") + call.shown(*until),
                  [&until](const ConversationRecord &conversation) {
                      return ActionArguments(Act::Snooze{conversation.id, *until});
                  });
}

Done wake(Call &call)
{
    if (Done opened = openToAct(call); !opened)
        return opened;
    return toEach(call, call.invocation().arguments, QStringLiteral("awake"),
                  [](const ConversationRecord &conversation) { return ActionArguments(Act::Wake{conversation.id}); });
}

Done priority(Call &call)
{
    const Result<Priority> priority = wordArgument<Priority>(lastArgument(call), QStringLiteral("The priority"));
    if (!priority)
        return tl::unexpected(priority.error());
    if (Done opened = openToAct(call); !opened)
        return opened;
    return toEach(call, numbersBeforeLast(call), QStringLiteral("priority ") + word(*priority),
                  [&priority](const ConversationRecord &conversation) {
                      return ActionArguments(Act::SetPriority{conversation.id, *priority});
                  });
}

Done tag(Call &call)
{
    if (Done opened = openToAct(call); !opened)
        return opened;
    const Result<ConversationRecord> conversation = call.conversation(call.argument(0));
    if (!conversation)
        return tl::unexpected(conversation.error());
    const bool isRemoved = call.has("remove");
    QList<Deed> deeds;
    for (const QString &name : call.invocation().arguments.mid(1)) {
        ActionArguments arguments = Act::AddTag{conversation->id, name};
        if (isRemoved)
            arguments = Act::RemoveTag{conversation->id, name};
        Result<Deed> deed =
            deedOn(call, *conversation, arguments,
                   (isRemoved ? QStringLiteral("no longer tagged ") : QStringLiteral("tagged ")) + name);
        if (!deed)
            return tl::unexpected(deed.error());
        deed->json.insert(QStringLiteral("tag"), name);
        deeds.append(*deed);
    }
    const auto outcomes = doAll(call, deeds, false);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

Done note(Call &call)
{
    const Result<QString> text = call.text(call.argument(1));
    if (!text)
        return tl::unexpected(text.error());
    if (Done opened = openToAct(call); !opened)
        return opened;
    const Result<ConversationRecord> conversation = call.conversation(call.argument(0));
    if (!conversation)
        return tl::unexpected(conversation.error());
    Result<Deed> deed = deedOn(call, *conversation, Act::AddNote{conversation->id, *text}, QStringLiteral("noted"));
    if (!deed)
        return tl::unexpected(deed.error());
    deed->made = QStringLiteral("message");
    const auto outcomes = doAll(call, {*deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

} // namespace

QList<Command> workCommands()
{
    const CommandOption force{"force", nullptr, "do it although somebody else changed it or it has moved on"};
    const CommandOption basedOn{"based-on", "SEQ", "the \"seq\" that show told when you decided; without it now"};
    return {
        {"claim", "NUMBER...", 1, -1, "Take conversations", claim, {force}},
        {"unassign", "NUMBER...", 1, -1, "Give conversations back to everybody", unassign, {force, basedOn}},
        {"assign", "NUMBER... AGENT", 2, -1, "Give conversations to an agent", assign, {force, basedOn}},
        {"tag", "NUMBER TAG...", 2, -1, "Tag a conversation", tag, {{"remove", nullptr, "take the tags off instead"}}},
        {"note", "NUMBER TEXT|-", 2, 2, "Add an internal note; @Name tells that agent", note, {}},
        {"status",
         "NUMBER... open|pending|resolved",
         2,
         -1,
         "Set the status of the work",
         status,
         {{"reason", "R", "with resolved: answered, noAnswerNeeded, spam, duplicate; without it what fits"},
          {"duplicate-of", "NUMBER", "resolved as a duplicate of this one"},
          force,
          basedOn}},
        {"snooze",
         "NUMBER... UNTIL",
         2,
         -1,
         "Hide until a time: 2h, 1d, tonight, tomorrow, monday, 2026-06-01T09:30",
         snooze,
         {force, basedOn}},
        {"wake", "NUMBER...", 1, -1, "End a snooze now", wake, {force, basedOn}},
        {"priority", "NUMBER... low|normal|high|urgent", 2, -1, "Set the priority", priority, {force, basedOn}},
    };
}

} // namespace Earshot
