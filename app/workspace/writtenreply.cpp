// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/writtenreply.h"

#include "model/keptversion.h"
#include "workspace/facts.h"

#include <algorithm>

namespace Earshot {

namespace {

QStringList loadLeftOut(Database &database, DeliveryId delivery)
{
    Statement find = database.statement("select_delivery_left_out");
    return find.bind("id", delivery).next() ? find.text(0).split(u'\n', Qt::SkipEmptyParts) : QStringList();
}

/// The text that a note had when it was of this version. Of an unknown version it is that of now.
QString originalOf(const MessageRecord &note, const QString &version)
{
    if (version.isEmpty() || versionOfNote(note.text) == version)
        return note.text;
    const auto found = std::find_if(note.olderTexts.crbegin(), note.olderTexts.crend(),
                                    [&version](const QString &text) { return versionOfNote(text) == version; });
    return found == note.olderTexts.crend() ? QString() : *found;
}

} // namespace

Result<WrittenReply> loadWrittenReply(Database &database, DeliveryId delivery)
{
    MessageId message;
    MessageId target;
    {
        Statement find = database.statement("select_delivery_facts");
        if (!find.bind("id", delivery).next())
            return fail(ErrorKind::notFound);
        DeliveryId id;
        ConversationId conversation;
        ChannelId channel;
        Effect effect = Effect::reply;
        DeliveryState state = DeliveryState::none;
        AgentId agent;
        Seq basedOn = 0;
        find >> id >> conversation >> message >> channel >> effect >> state >> agent >> basedOn >> target;
    }
    const auto messages = loadMessagesById(database, {message, target});
    const auto parts = loadFurtherParts(database, delivery);
    if (!messages || !parts)
        return tl::unexpected(messages ? parts.error() : messages.error());
    WrittenReply written;
    for (const MessageRecord &one : *messages) {
        if (one.id == message)
            written.message = one;
        else
            written.target = one;
    }
    for (const QString &part : *parts)
        written.message.text += QStringLiteral("\n\n") + part;
    written.leftOut = loadLeftOut(database, delivery);
    return database.result(written);
}

Result<WrittenReply> loadWrittenReply(Database &database, const Act::SendReply &reply)
{
    Action action;
    action.arguments = reply;
    // Where it names none, what it answers is found as when it is sent.
    const auto facts = loadFacts(database, action, {}).message;
    const auto targets = loadMessagesById(database, {facts ? facts->id : reply.target});
    if (!targets)
        return tl::unexpected(targets.error());
    WrittenReply written;
    if (!targets->isEmpty())
        written.target = targets->constFirst();
    MessageRecord &message = written.message;
    message.conversation = reply.conversation;
    message.kind = MessageKind::reply;
    message.text = (QStringList{reply.text} + reply.furtherParts).join(QStringLiteral("\n\n"));
    message.contentWarning = reply.contentWarning;
    message.language = reply.language;
    message.visibility = reply.visibility.value_or(written.target ? written.target->visibility : Visibility::direct);
    for (const OutgoingMedia &file : reply.media) {
        MediaRecord media;
        media.hash = file.hash;
        media.type = file.type;
        media.description = file.description;
        message.media.append(media);
    }
    written.leftOut = reply.leftOut;
    written.thenResolve = reply.thenResolve;
    return database.result(written);
}

Result<WrittenReply> loadWrittenReply(Database &database, const Act::EditNote &edit)
{
    const auto notes = loadMessagesById(database, {edit.message});
    if (!notes)
        return tl::unexpected(notes.error());
    WrittenReply written;
    written.message.kind = MessageKind::note;
    written.message.text = edit.text;
    if (!notes->isEmpty()) {
        written.target = notes->constFirst();
        written.message.conversation = written.target->conversation;
        written.original = originalOf(*written.target, edit.was);
    }
    return database.result(written);
}

} // namespace Earshot
