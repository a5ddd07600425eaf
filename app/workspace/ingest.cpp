// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/ingest.h"

#include "model/deliveryrules.h"
#include "model/htmltext.h"
#include "workspace/deliverystore.h"
#include "workspace/journal.h"
#include "workspace/messagestore.h"
#include "workspace/personalstore.h"
#include "workspace/settingstore.h"
#include "workspace/storedmessage.h"
#include "workspace/threadstore.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr qsizetype subjectLength = 120;

/// Stores one page of a channel. Lives for one savepoint.
class Ingest
{
public:
    Ingest(Writing &writing, ChannelId channel);

    void store(const RemoteMessage &message);
    void apply(const RemoteChange &change);
    void takeBlockFor(const QList<RemoteMessage> &messages);
    /// What may be missing is noted with the page that cannot be continued: it is told only once.
    void noteGap(const Page &page);
    [[nodiscard]] const IngestReport &report() const { return m_report; }

private:
    void compare(const StoredMessage &stored, const RemoteMessage &message);
    void setState(const StoredMessage &stored, Presence presence, Moderation moderation);
    [[nodiscard]] bool settle(const RemoteMessage &message);
    void storeTheirs(const RemoteMessage &message, ThreadId thread);
    /// What was known as others' talk turns out to be said to us.
    void promote(const StoredMessage &stored, const RemoteMessage &message, ThreadId thread);
    void joinConversation(ConversationId conversation, MessageId id, const RemoteMessage &message);
    void storeInbound(const RemoteMessage &message, ThreadId thread, IdentityId identity);
    void storeOurs(const RemoteMessage &message, ThreadId thread);
    [[nodiscard]] MessageId insert(const RemoteMessage &message, ConversationId conversation, ThreadId thread,
                                   MessageKind kind, IdentityId identity);
    [[nodiscard]] ConversationId conversationFor(const RemoteMessage &message, ThreadId thread, IdentityId identity);
    [[nodiscard]] ConversationId startConversation(const RemoteMessage &message, ThreadId thread, IdentityId identity,
                                                   int ordinal, ConversationId follows);
    [[nodiscard]] bool hasConversation(ThreadId thread, IdentityId identity);
    void reopen(ConversationId conversation, Status before);
    [[nodiscard]] bool isOld(const RemoteMessage &message) const;
    void count(const RemoteMessage &message);
    [[nodiscard]] bool isForUs(const RemoteMessage &message) const;
    [[nodiscard]] Time sortTime(const RemoteMessage &message) const;
    void note(const char *kind, ConversationId conversation, MessageId message, const QString &before = {},
              const QString &after = {});

    Writing &m_writing;
    ChannelId m_channel;
    Time m_workSince;
    QSet<QString> m_colleagues; ///< handles of our other accounts on this network, in lower case
    qint64 m_nextBackfill = 0;
    IngestReport m_report;
};

Ingest::Ingest(Writing &writing, ChannelId channel)
    : m_writing(writing)
    , m_channel(channel)
{
    {
        Statement find = writing.statement("select_channel_work_since");
        if (find.bind("id", channel).next())
            find >> m_workSince;
    }
    Statement others = writing.statement("select_other_accounts");
    others.bind("channel", channel);
    while (others.next())
        m_colleagues.insert(others.text(0));
}

bool Ingest::isForUs(const RemoteMessage &message) const
{
    // What another account of ours says in a thread is for those that it answers, not a question to this one.
    return !message.isContext && !m_colleagues.contains(message.author.handle.toLower());
}

bool Ingest::isOld(const RemoteMessage &message) const
{
    return isKnown(message.sentAt) && message.sentAt < m_workSince;
}

void Ingest::count(const RemoteMessage &message)
{
    ++m_report.messages;
    m_report.history += isOld(message) ? 1 : 0;
}

Time Ingest::sortTime(const RemoteMessage &message) const
{
    // A network's clock may be years ahead: nothing sorts after its arrival.
    return isKnown(message.sentAt) ? std::min(message.sentAt, m_writing.now()) : m_writing.now();
}

void Ingest::takeBlockFor(const QList<RemoteMessage> &messages)
{
    const auto old =
        std::count_if(messages.cbegin(), messages.cend(), [this](const auto &message) { return isOld(message); });
    if (old > 0)
        m_nextBackfill = takeBackfillBlock(m_writing, old).value;
}

void Ingest::note(const char *kind, ConversationId conversation, MessageId message, const QString &before,
                  const QString &after)
{
    JournalLine line;
    line.kind = QString::fromLatin1(kind);
    line.channel = m_channel;
    line.conversation = conversation;
    line.message = message;
    line.before = before;
    line.after = after;
    writeJournal(m_writing, line);
}

void Ingest::noteGap(const Page &page)
{
    if (!page.gapFrom)
        return;
    Time until = m_writing.now();
    for (const RemoteMessage &message : page.messages) {
        if (message.sentAt > *page.gapFrom)
            until = std::min(until, message.sentAt);
    }
    m_report.gap = std::pair(*page.gapFrom, until);
    note("gap", ConversationId(), MessageId(), toIso(*page.gapFrom), toIso(until));
}

void Ingest::store(const RemoteMessage &message)
{
    if (message.uri.isEmpty())
        return;
    if (const auto stored = findStored(m_writing, m_channel, message.uri)) {
        compare(*stored, message);
        return;
    }
    if (message.isOurs && settle(message))
        return;
    const ThreadId thread = threadFor(m_writing, m_channel, message);
    count(message);
    if (message.isOurs)
        storeOurs(message, thread);
    else
        storeTheirs(message, thread);
}

void Ingest::compare(const StoredMessage &stored, const RemoteMessage &message)
{
    // The root may have been found meanwhile: threads are joined, messages stay where they are.
    const ThreadId thread = threadFor(m_writing, m_channel, message);
    if (stored.kind == MessageKind::context && isForUs(message) && !message.isOurs)
        promote(stored, message, thread);
    if (stored.remoteId != message.remoteId) {
        Statement update = m_writing.statement("update_message_remote_id");
        update.bind("id", stored.id).bind("seq", m_writing.nextSeq()).bind("remote_id", message.remoteId).run();
    }
    if (takeEdit(m_writing, stored, message)) {
        ++m_report.changes;
        if (stored.conversation.isValid()) {
            if (stored.kind != MessageKind::reply)
                makeUnseen(m_writing, stored.conversation, stored.id);
            note("edited", stored.conversation, stored.id);
            movePublicSeq(m_writing, stored.conversation, QString());
        }
    }
    setState(stored, message.presence, message.tellsModeration ? message.moderation : stored.moderation);
}

void Ingest::setState(const StoredMessage &stored, Presence presence, Moderation moderation)
{
    if (stored.presence == presence && stored.moderation == moderation)
        return;
    {
        Statement update = m_writing.statement("update_message_state");
        update.bind("id", stored.id).bind("seq", m_writing.nextSeq());
        update.bind("presence", presence).bind("moderation", moderation).run();
    }
    ++m_report.changes;
    if (!stored.conversation.isValid())
        return;
    if (stored.presence != presence) {
        note(presence == Presence::live ? "cameBack" : "deleted", stored.conversation, stored.id);
        movePublicSeq(m_writing, stored.conversation, QString());
    } else {
        note("moderated", stored.conversation, stored.id, word(stored.moderation), word(moderation));
    }
}

void Ingest::apply(const RemoteChange &change)
{
    if (const auto stored = findStored(m_writing, m_channel, change.uri))
        setState(*stored, change.presence.value_or(stored->presence), change.moderation.value_or(stored->moderation));
}

bool Ingest::settle(const RemoteMessage &message)
{
    // An attempt that was refused counts as well: what the network shows is stronger than what it said.
    struct Open
    {
        DeliveryId delivery;
        MessageId reply;
        QString uuid;
        QString text;
        QString parentUri;
    };
    QList<Open> open;
    {
        Statement select = m_writing.statement("select_open_attempts");
        select.bind("channel", m_channel);
        while (select.next()) {
            Open entry;
            select >> entry.delivery >> entry.reply >> entry.uuid >> entry.text >> entry.parentUri;
            open.append(entry);
        }
    }
    const auto match = std::find_if(open.cbegin(), open.cend(), [&message](const Open &entry) {
        if (!message.clientId.isEmpty())
            return message.clientId == entry.uuid;
        return message.parentUri == entry.parentUri && isSameText(entry.text, message.text);
    });
    if (match == open.cend())
        return false;
    DeliveryChange change;
    change.delivery = match->delivery;
    change.state = DeliveryState::sent;
    storeDelivery(m_writing, change);
    bindReply(m_writing, match->reply, {message.uri, message.remoteId, message.url, message.moderation});
    ++m_report.settled;
    return true;
}

MessageId Ingest::insert(const RemoteMessage &message, ConversationId conversation, ThreadId thread, MessageKind kind,
                         IdentityId identity)
{
    const MessageId id =
        isOld(message) && m_nextBackfill != 0 ? MessageId(m_nextBackfill++) : nextLiveMessageId(m_writing);
    {
        Statement add = m_writing.statement("insert_remote_message");
        add.bind("id", id).bind("seq", m_writing.nextSeq()).bind("channel", m_channel);
        add.bind("conversation", conversation).bind("thread", conversation.isValid() ? ThreadId() : thread);
        add.bind("kind", kind).bind("identity", identity).bind("uri_key", uriKey(message.uri)).bind("uri", message.uri);
        add.bind("remote_id", message.remoteId).bind("url", message.url).bind("parent_uri", message.parentUri);
        add.bind("sort_at", sortTime(message)).bind("sent_at", message.sentAt).bind("arrived_at", m_writing.now());
        add.bind("edited_at", message.editedAt)
            .bind("text", message.text)
            .bind("content_warning", message.contentWarning);
        add.bind("language", message.language).bind("visibility", message.visibility);
        add.bind("presence", message.presence).bind("moderation", message.moderation);
        if (message.rating)
            add.bind("rating", *message.rating);
        else
            add.bindNull("rating");
        add.bind("mentions", message.mentions.join(QLatin1Char('\n'))).run();
    }
    int position = 0;
    for (const RemoteMedia &media : message.media)
        storeMedium(m_writing, id, position++, media);
    return id;
}

ConversationId Ingest::startConversation(const RemoteMessage &message, ThreadId thread, IdentityId identity,
                                         int ordinal, ConversationId follows)
{
    const qint64 number = m_writing.meta(QStringLiteral("next_number")).toLongLong();
    m_writing.setMeta(QStringLiteral("next_number"), QString::number(number + 1));
    QString subject = cleanLine(message.threadTitle, subjectLength);
    if (subject.isEmpty())
        subject = cleanLine(message.text, subjectLength);
    Statement add = m_writing.statement("insert_conversation");
    add.bind("seq", m_writing.nextSeq()).bind("channel", m_channel).bind("number", number).bind("thread", thread);
    add.bind("identity", identity).bind("ordinal", ordinal).bind("follows", follows).bind("subject", subject);
    add.bind("status", isOld(message) ? Status::resolved : Status::open).bind("is_imported", isOld(message));
    add.bind("is_private", message.visibility == Visibility::direct).bind("at", sortTime(message)).run();
    return ConversationId(m_writing.database().lastInsertId());
}

ConversationId Ingest::conversationFor(const RemoteMessage &message, ThreadId thread, IdentityId identity)
{
    ConversationId newest;
    int ordinal = 0;
    Status status = Status::open;
    Reason reason = Reason::none;
    Time lastMessageAt;
    {
        Statement select = m_writing.statement("select_unit_conversation");
        select.bind("channel", m_channel).bind("thread", thread).bind("identity", identity);
        if (select.next())
            select >> newest >> ordinal >> status >> reason >> lastMessageAt;
    }
    if (!newest.isValid())
        return startConversation(message, thread, identity, 0, ConversationId());
    if (isOld(message))
        return newest;
    // Asked for where it counts only: most messages come to what is open.
    const Duration within =
        status == Status::resolved ? loadSettings(m_writing.database()).reopenWithin() : Duration::zero();
    const InboundVerdict verdict = afterInbound(status, reason, lastMessageAt, m_writing.now(), within);
    if (verdict.startsNew)
        return startConversation(message, thread, identity, ordinal + 1, newest);
    if (verdict.isReopened)
        reopen(newest, status);
    return newest;
}

void Ingest::reopen(ConversationId conversation, Status before)
{
    {
        Statement update = m_writing.statement("update_conversation_reopened");
        update.bind("id", conversation).bind("seq", m_writing.nextSeq()).run();
    }
    note("reopened", conversation, MessageId(), word(before), word(Status::open));
}

void Ingest::storeTheirs(const RemoteMessage &message, ThreadId thread)
{
    const IdentityId identity = identityFor(m_writing, m_channel, message.author);
    // Whoever has spoken to us in a thread goes on speaking to us there, also without naming us.
    if (!isForUs(message) && !hasConversation(thread, identity))
        static_cast<void>(insert(message, ConversationId(), thread, MessageKind::context, identity));
    else
        storeInbound(message, thread, identity);
}

bool Ingest::hasConversation(ThreadId thread, IdentityId identity)
{
    Statement select = m_writing.statement("select_unit_conversation");
    return select.bind("channel", m_channel).bind("thread", thread).bind("identity", identity).next();
}

void Ingest::promote(const StoredMessage &stored, const RemoteMessage &message, ThreadId thread)
{
    const ConversationId conversation =
        conversationFor(message, thread, identityFor(m_writing, m_channel, message.author));
    {
        Statement update = m_writing.statement("update_message_promoted");
        update.bind("id", stored.id).bind("seq", m_writing.nextSeq()).bind("conversation", conversation).run();
    }
    moveParts(m_writing, stored.id);
    count(message);
    joinConversation(conversation, stored.id, message);
}

void Ingest::storeInbound(const RemoteMessage &message, ThreadId thread, IdentityId identity)
{
    const ConversationId conversation = conversationFor(message, thread, identity);
    const MessageId id = insert(message, conversation, thread, MessageKind::inbound, identity);
    joinConversation(conversation, id, message);
}

void Ingest::joinConversation(ConversationId conversation, MessageId id, const RemoteMessage &message)
{
    {
        Statement update = m_writing.statement("update_conversation_inbound");
        update.bind("id", conversation).bind("seq", m_writing.nextSeq()).bind("message", id);
        update.bind("at", sortTime(message)).bind("snippet", snippetOf(message.text));
        if (message.author.followers)
            update.bind("followers", *message.author.followers);
        else
            update.bindNull("followers");
        update.run();
    }
    if (isOld(message)) {
        m_writing.notice().conversations.insert(conversation);
    } else {
        movePublicSeq(m_writing, conversation, QString());
        m_writing.notice().hasNewInbound = true;
    }
}

void Ingest::storeOurs(const RemoteMessage &message, ThreadId thread)
{
    const ConversationId conversation = conversationAnswered(m_writing, m_channel, message.parentUri, thread);
    const MessageId id = insert(message, conversation, thread, MessageKind::reply, IdentityId());
    if (!conversation.isValid())
        return;
    {
        Statement update = m_writing.statement("update_conversation_answered");
        update.bind("id", conversation).bind("seq", m_writing.nextSeq()).bind("at", sortTime(message));
        update.bind("snippet", snippetOf(message.text)).bind("is_old", isOld(message)).run();
    }
    if (isOld(message))
        return;
    note("answeredOnNetwork", conversation, id);
    movePublicSeq(m_writing, conversation, QString());
}

QString comparable(const QString &text)
{
    QString rest = text.simplified();
    while (rest.startsWith(QLatin1Char('@'))) {
        const qsizetype end = rest.indexOf(QLatin1Char(' '));
        rest = end < 0 ? QString() : rest.sliced(end + 1);
    }
    return rest.normalized(QString::NormalizationForm_C).toCaseFolded();
}

} // namespace

bool isSameText(const QString &a, const QString &b)
{
    return comparable(a) == comparable(b);
}

IngestReport ingestPage(Writing &writing, ChannelId channel, const Page &page)
{
    Ingest ingest(writing, channel);
    QList<RemoteMessage> messages = page.messages;
    // Oldest first, so that ids ascend with time and a thread's root comes before its replies.
    std::stable_sort(messages.begin(), messages.end(),
                     [](const RemoteMessage &a, const RemoteMessage &b) { return a.sentAt < b.sentAt; });
    ingest.takeBlockFor(messages);
    for (const RemoteMessage &message : std::as_const(messages))
        ingest.store(message);
    for (const RemoteChange &change : page.changes)
        ingest.apply(change);
    ingest.noteGap(page);
    return ingest.report();
}

void storePosition(Writing &writing, ChannelId channel, const Position &position, bool isWalkDone)
{
    Statement store = writing.statement("upsert_position");
    store.bind("channel", channel).bind("mark", position.mark).bind("walk", position.walk);
    store.bind("at", writing.now()).bind("is_done", isWalkDone).run();
}

Position loadPosition(Database &database, ChannelId channel)
{
    Position position;
    Statement find = database.statement("select_position");
    if (find.bind("channel", channel).next())
        find >> position.mark >> position.walk;
    return position;
}

} // namespace Earshot
