// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/present.h"
#include "model/recipients.h"
#include "model/textcount.h"

#include <QJsonArray>

namespace Earshot {

namespace {

/// --attach FILE --describe TEXT, in pairs; a description belongs to the file before it.
struct Attachment
{
    QString file;
    QString description;
};

Result<QList<Attachment>> givenAttachments(const Invocation &invocation)
{
    QList<Attachment> all;
    for (const auto &[name, value] : invocation.options) {
        if (name == QLatin1StringView("attach")) {
            all.append({value, {}});
        } else if (name == QLatin1StringView("describe")) {
            if (all.isEmpty() || !all.last().description.isEmpty())
                return fail(ErrorKind::invalid, QStringLiteral("--describe TEXT stands after its --attach FILE"));
            all.last().description = value;
        }
    }
    return all;
}

Result<QList<OutgoingMedia>> keepAttachments(Workplace &place, const QList<Attachment> &attachments)
{
    QList<OutgoingMedia> media;
    for (const Attachment &attachment : attachments) {
        const Result<OutgoingMedia> kept = place.keepFile(attachment.file, attachment.description);
        if (!kept)
            return tl::unexpected(kept.error());
        media.append(*kept);
    }
    return media;
}

Done doOne(Call &call, const Result<Deed> &deed)
{
    if (!deed)
        return tl::unexpected(deed.error());
    const auto outcomes = doAll(call, {*deed}, true);
    return outcomes ? Done() : tl::unexpected(outcomes.error());
}

/// The message that a reply answers: the one that is named, else the contact's newest.
Result<std::optional<MessageRecord>> answered(Call &call, const Act::SendReply &reply)
{
    Ask::Story ask;
    ask.conversation = reply.conversation;
    const Result<StoryRecord> story = call.ask(ask);
    if (!story)
        return tl::unexpected(story.error());
    std::optional<MessageRecord> answered;
    for (const MessageRecord &message : story->messages) {
        if (reply.target.isValid() ? message.id == reply.target : message.kind == MessageKind::inbound)
            answered = message;
    }
    return answered;
}

/// Cuts a reply that is too long for one post into several, as the composer does.
Done splitReplyOf(Call &call, const ConversationRecord &conversation, Act::SendReply &reply)
{
    const auto channels = call.channelsById();
    const auto target = channels ? answered(call, reply) : tl::unexpected(channels.error());
    if (!target)
        return tl::unexpected(target.error());
    const ChannelRecord channel = channels->value(conversation.channel);
    QStringList names;
    QString warning = reply.contentWarning;
    if (*target) {
        const QString author = (*target)->kind == MessageKind::reply ? QString() : (*target)->authorHandle;
        names = recipientsOf(channel.network, {author, (*target)->mentions, (*target)->visibility},
                             reply.visibility.value_or((*target)->visibility));
        names.removeIf([&reply](const QString &name) { return reply.leftOut.contains(name); });
        if (channel.capabilities.hasContentWarning)
            warning = warningOf(warning, (*target)->contentWarning);
    }
    const QString domain = channel.accountHandle.section(QLatin1Char('@'), -1);
    reply.furtherParts = splitReply(reply.text, names, domain, warning, channel.capabilities);
    reply.text = reply.furtherParts.takeFirst();
    return {};
}

Result<Act::SendReply> givenReply(Call &call, const QList<Attachment> &attachments,
                                  const ConversationRecord &conversation)
{
    Act::SendReply reply;
    reply.conversation = conversation.id;
    reply.contentWarning = call.value("cw");
    reply.language = call.value("language");
    reply.thenResolve = call.has("resolve");
    reply.skipUndoWindow = call.has("now");
    if (call.has("private") && call.has("public"))
        return fail(ErrorKind::invalid, QStringLiteral("--private and --public exclude each other"));
    if (call.has("private"))
        reply.visibility = Visibility::direct;
    if (call.has("public"))
        reply.visibility = Visibility::everyone;
    reply.mayWiden = call.has("wider");
    for (const auto &[name, value] : call.invocation().options) {
        if (name == QLatin1StringView("without"))
            reply.leftOut.append(value);
    }
    if (call.has("to")) {
        const Result<MessageRecord> target = call.message(call.value("to"));
        if (!target)
            return tl::unexpected(target.error());
        if (target->conversation != conversation.id)
            return fail(ErrorKind::invalid,
                        QStringLiteral("Message %1 is not in this conversation").arg(call.value("to")));
        reply.target = target->id;
    }
    const Result<QString> text = call.text(call.argument(1));
    if (!text)
        return tl::unexpected(text.error());
    reply.text = *text;
    if (call.has("split")) {
        if (Done split = splitReplyOf(call, conversation, reply); !split)
            return tl::unexpected(split.error());
    }
    const auto media = keepAttachments(call.place(), attachments);
    if (!media)
        return tl::unexpected(media.error());
    reply.media = *media;
    return reply;
}

Done reply(Call &call)
{
    const Result<QList<Attachment>> attachments = givenAttachments(call.invocation());
    if (!attachments)
        return tl::unexpected(attachments.error());
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    const Result<ConversationRecord> conversation = call.conversation(call.argument(0));
    if (!conversation)
        return tl::unexpected(conversation.error());
    const Result<Act::SendReply> reply = givenReply(call, *attachments, *conversation);
    if (!reply)
        return tl::unexpected(reply.error());
    Result<Deed> deed =
        deedOn(call, *conversation, *reply, QStringLiteral("the reply waits to be sent: earshotctl deliver"));
    if (deed)
        deed->made = QStringLiteral("delivery");
    return doOne(call, deed);
}

Done performEffect(Call &call, Effect effect)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    const Result<MessageRecord> message = call.message(call.argument(0));
    if (!message)
        return tl::unexpected(message.error());
    Deed deed;
    deed.action = makeAction(Act::PerformEffect{message->id, effect}, call.now());
    deed.action.force = call.has("force");
    deed.subject = QStringLiteral("message %1").arg(message->id.value);
    deed.done = word(effect) + QStringLiteral(" waits to be sent: earshotctl deliver");
    deed.json = QJsonObject{{QStringLiteral("id"), message->id.value}, {QStringLiteral("effect"), word(effect)}};
    deed.made = QStringLiteral("delivery");
    return doOne(call, deed);
}

Done like(Call &call)
{
    return performEffect(call, call.has("undo") ? Effect::unlike : Effect::like);
}

Done hide(Call &call)
{
    return performEffect(call, Effect::hide);
}

Done effect(Call &call)
{
    const std::optional<Effect> effect = fromWord<Effect>(call.argument(1));
    if (!effect || *effect == Effect::reply) {
        return fail(ErrorKind::invalid, QStringLiteral("An effect is one of %1, not \"%2\"")
                                            .arg(words<Effect>().mid(1).join(QStringLiteral(", ")), call.argument(1)));
    }
    return performEffect(call, *effect);
}

} // namespace

QList<Command> replyCommands()
{
    return {
        {"reply",
         "NUMBER TEXT|-",
         2,
         2,
         "Answer a conversation; it is sent after the undo window",
         reply,
         {{"private", nullptr, "only the contact can see it, where the network has that"},
          {"public", nullptr, "everybody can see it"},
          {"wider", nullptr, "although more people can see it than the message answered"},
          {"without", "HANDLE", "do not name and notify this one; may be repeated"},
          {"to", "MESSAGE", "the message answered; without it the contact's newest"},
          {"cw", "TEXT", "content warning"},
          {"language", "CODE", "the language it is written in: en, de"},
          {"attach", "FILE", "send this file along; may be repeated"},
          {"describe", "TEXT", "what the file before shows, for who cannot see it"},
          {"split", nullptr, "in several posts, each below the one before, where it is too long for one"},
          {"resolve", nullptr, "and resolve the conversation as answered"},
          {"now", nullptr, "without the undo window"},
          {"force", nullptr, "although the conversation has moved on"},
          {"based-on", "SEQ", "the \"seq\" that show told when you read it; without it now"}}},
        {"like", "MESSAGE", 1, 1, "Like a message on its network", like, {{"undo", nullptr, "take the like back"}}},
        {"hide", "MESSAGE", 1, 1, "Hide a message on its network", hide, {}},
        {"effect",
         "MESSAGE EFFECT",
         2,
         2,
         "like, unlike, boost, unboost, approve, unapprove, hide, spam, trash, restore, deleteOwn",
         effect,
         {}},
    };
}

} // namespace Earshot
