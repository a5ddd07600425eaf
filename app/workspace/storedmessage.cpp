// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/storedmessage.h"

#include "workspace/ingest.h"
#include "workspace/messagestore.h"

namespace Earshot {

namespace {

struct StoredMedium
{
    qint64 id = 0;
    ChannelId channel;
    QString url;
    QString previewUrl;
    QString type;
    QString description;
};

QList<StoredMedium> mediaOf(Writing &writing, MessageId message)
{
    QList<StoredMedium> media;
    Statement find = writing.statement("select_message_media");
    find.bind("message", message);
    while (find.next()) {
        StoredMedium one;
        find >> one.id >> one.channel >> one.url >> one.previewUrl >> one.type >> one.description;
        media.append(one);
    }
    return media;
}

bool isSame(const StoredMedium &stored, const RemoteMedia &media)
{
    return stored.url == media.url && stored.previewUrl == media.previewUrl && stored.type == media.type &&
           stored.description == media.description;
}

/// @return whether anything differed
bool takeMedia(Writing &writing, const StoredMessage &stored, const RemoteMessage &message)
{
    const QList<StoredMedium> old = mediaOf(writing, stored.id);
    bool hasChanged = false;
    for (qsizetype i = 0; i < message.media.size(); ++i) {
        const RemoteMedia &media = message.media.at(i);
        if (i < old.size() && isSame(old.at(i), media))
            continue;
        hasChanged = true;
        if (i < old.size()) {
            Statement update = writing.statement("update_media");
            update.bind("id", old.at(i).id).bind("seq", writing.nextSeq()).bind("remote_url", media.url);
            update.bind("preview_url", media.previewUrl).bind("type", media.type).bind("width", media.width);
            update.bind("height", media.height).bind("description", media.description).run();
        } else {
            storeMedium(writing, stored.id, int(i), media);
        }
    }
    if (old.size() > message.media.size()) {
        hasChanged = true;
        removeRows(writing, "select_surplus_media", "delete_media", "media",
                   {{"message", stored.id.value}, {"count", message.media.size()}});
    }
    return hasChanged;
}

} // namespace

std::optional<StoredMessage> findStored(Writing &writing, ChannelId channel, const QString &uri)
{
    Statement select = writing.statement("select_message_by_uri");
    select.bind("channel", channel).bind("uri_key", uriKey(uri)).bind("uri", uri);
    if (!select.next())
        return std::nullopt;
    StoredMessage stored;
    select >> stored.id >> stored.conversation >> stored.kind >> stored.text >> stored.contentWarning >>
        stored.remoteId >> stored.presence >> stored.moderation >> stored.rating >> stored.editedAt;
    return stored;
}

bool takeEdit(Writing &writing, const StoredMessage &stored, const RemoteMessage &message)
{
    const Time editedAt = isKnown(message.editedAt) ? std::min(message.editedAt, writing.now()) : writing.now();
    if (stored.kind == MessageKind::note)
        return false;
    if (stored.kind == MessageKind::reply) {
        // Our own answers keep the agent's words: the network's version differs by the names it was given.
        if (isSameText(stored.text, message.text))
            return false;
        replaceText(writing, stored.id, message.text, editedAt);
        return true;
    }
    const bool hasText = stored.text != message.text;
    const bool hasRating = stored.rating != message.rating.value_or(0);
    const bool hasWarning = stored.contentWarning != message.contentWarning;
    const bool isNewer = message.editedAt > stored.editedAt;
    // Where a network tells less in one place than in another, media are not gone because they are not mentioned.
    const bool hasMedia = (isNewer || !message.media.isEmpty()) && takeMedia(writing, stored, message);
    if (hasText)
        replaceText(writing, stored.id, message.text, editedAt);
    if (!hasText && !hasRating && !hasWarning && !hasMedia)
        return false;
    // A label of the network's moderators, or a picture that is there only now, is no edit by the author.
    const bool isEdit = hasText || hasRating || isNewer;
    Statement update = writing.statement("update_message_edited");
    update.bind("id", stored.id).bind("seq", writing.nextSeq()).bind("content_warning", message.contentWarning);
    if (message.rating)
        update.bind("rating", *message.rating);
    else
        update.bindNull("rating");
    update.bind("edited_at", isEdit ? editedAt : stored.editedAt).run();
    if (stored.conversation.isValid())
        writing.notice().conversations.insert(stored.conversation);
    return isEdit;
}

} // namespace Earshot
