// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/records.h"
#include "model/searchquery.h"
#include "workspace/database.h"

#include <functional>

namespace Earshot {

// Reading. Every function is one or few short statements on the caller's connection; call them inside
// Workspace::read()/readNow(). No one's cost grows with the history.

/// A place in a list: the row after which to go on.
struct ListPlace
{
    Time at;
    ConversationId id;
    bool operator==(const ListPlace &) const = default;
};

struct ListQuery
{
    View view = View::open;
    ListOrder order = ListOrder::newest; ///< another one, or isGrouped, only where hasOrders()
    bool isGrouped = false;              ///< what belongs to one thread stands together
    ViewFilter filter;                   ///< for View::custom; of View::contact the statuses only
    QString uuid;                        ///< for View::custom: which one; empty = one that has no name
    AgentId me;
    ChannelId channel; ///< for View::channel: its unresolved ones
    TagId tag;
    ContactId contact;
    std::optional<ListPlace> after; ///< none = from the top
    int limit = 50;
    Time now;
    bool operator==(const ListQuery &) const = default;
};

/// Whether such a list can be sorted otherwise than by newest and grouped: it holds work that is not done only, so it
/// is small enough to be read whole.
[[nodiscard]] bool hasOrders(const ListQuery &query);
/// Whether it is read whole at once, `after` and `limit` or not: at most `mostSorted`.
[[nodiscard]] bool isReadWhole(const ListQuery &query);
constexpr int mostSorted = 20'000;

/// Ids and places only: what a list model holds. One index range. View::notesToMe is in the order of its notes. Where
/// the list is read whole, `at` is some number that changes when the row's place does.
struct ListEntry
{
    ConversationId id;
    Time at;
    bool operator==(const ListEntry &) const = default;
};
[[nodiscard]] Result<QList<ListEntry>> listConversations(Database &database, const ListQuery &query);

/// Rows of the ids that exist, in the order asked for.
[[nodiscard]] Result<QList<ConversationRecord>> loadConversations(Database &database, const QList<ConversationId> &ids,
                                                                  AgentId me, Time now);
[[nodiscard]] Result<std::optional<ConversationRecord>> conversationByNumber(Database &database, qint64 number,
                                                                             AgentId me, Time now);

/// How many there are in each view; from kept counters.
struct ViewCounts
{
    qint64 mine = 0;
    qint64 unassigned = 0;
    qint64 open = 0;
    qint64 waiting = 0;
    qint64 snoozed = 0;
    qint64 resolved = 0;
    qint64 notesToMe = 0; ///< those with a note that has not been seen; its list has the others, too
    qint64 trouble = 0;
    QHash<ChannelId, qint64> channels; ///< unresolved ones
    QHash<AgentId, qint64> agents;     ///< their open ones; who has none is not named
    QHash<TagId, qint64> tags;         ///< all that have it, resolved ones too, as its list; what none has is not named
    QHash<QString, qint64> views;      ///< by uuid; those that are counted to their end
    bool operator==(const ViewCounts &) const = default;
};
[[nodiscard]] Result<ViewCounts> countViews(Database &database, AgentId me, Time now);

/// A piece of a conversation's messages in timeline order.
struct TimelinePlace
{
    Time at;
    MessageId id;
};
struct TimelineQuery
{
    ConversationId conversation;
    std::optional<TimelinePlace> before; ///< the newest ones before this; none = the newest of all
    int limit = 100;
};
/// Oldest first.
[[nodiscard]] Result<QList<MessageRecord>> loadMessages(Database &database, const TimelineQuery &query);
[[nodiscard]] Result<QList<MessageRecord>> loadMessagesById(Database &database, const QList<MessageId> &ids);
/// The messages of a conversation that hold a text, in timeline order; case and accents do not count. Reads all of
/// them.
[[nodiscard]] Result<QList<MessageId>> findInConversation(Database &database, ConversationId conversation,
                                                          const QString &text);
/// The rest of the public thread around a conversation: others' messages in it, oldest first, at most `limit`.
[[nodiscard]] Result<QList<MessageRecord>> loadThreadContext(Database &database, ConversationId conversation,
                                                             int limit = 200);
/// Of a public thread: how many messages loadThreadContext() and the conversation itself have together, however many
/// are asked for, and the first of them; none = there are none.
struct ThreadSize
{
    qint64 messages = 0;
    MessageId first;
};
[[nodiscard]] Result<ThreadSize> loadThreadSize(Database &database, ConversationId conversation);
/// Events of a conversation, oldest first, the newest `limit`.
[[nodiscard]] Result<QList<JournalRecord>> loadEvents(Database &database, ConversationId conversation, int limit = 500);
/// The whole journal, newest first, before line `beforeId` (0 = from the newest).
[[nodiscard]] Result<QList<JournalRecord>> loadJournal(Database &database, qint64 beforeId, int limit);
/// What others did, the network too, and an agent wants to hear of: with a conversation that is theirs, or was before
/// the first of these lines; what gives them one or takes it; who took back a reply of theirs. Of the server's lines
/// only. Newest first, those after line `since` and later than `after` (not known = any time). Costs all lines after
/// `since`.
[[nodiscard]] Result<QList<JournalRecord>> loadJournalAbout(Database &database, AgentId agent, qint64 since, Time after,
                                                            int limit);
/// Everything not yet done: held, queued, sending, failed, unsure, awaiting approval; oldest first.
[[nodiscard]] Result<QList<DeliveryRecord>> loadOutbox(Database &database);
/// The likes, hidings and so on among them, of one channel.
[[nodiscard]] Result<QList<DeliveryRecord>> loadEffects(Database &database, ChannelId channel);
[[nodiscard]] Result<std::optional<DeliveryRecord>> loadDelivery(Database &database, DeliveryId id);

/// The texts of the parts that follow a reply's delivery, in order.
[[nodiscard]] Result<QStringList> loadFurtherParts(Database &database, DeliveryId id);

[[nodiscard]] Result<QList<AgentRecord>> loadAgents(Database &database);
/// By name, with their members.
[[nodiscard]] Result<QList<TeamRecord>> loadTeams(Database &database);
/// Somebody's account on a network, as a contact's side lists it.
struct IdentityRecord
{
    IdentityId id;
    Network network = Network::feed;
    QString handle;
    QString name;
    QString url;          ///< public profile, http(s); empty = none known
    ContactId contact;    ///< its own, before any merging
    ContactId mergedInto; ///< that one was, into this: it can be split off again; none = it was not
    int followers = 0;    ///< as of the newest of its conversations
};
/// Of a contact and all that were merged with it; the earliest met first.
[[nodiscard]] Result<QList<IdentityRecord>> loadIdentities(Database &database, ContactId contact, int limit);
/// How much work an agent has; those without any have none.
struct AgentLoad
{
    qint64 open = 0;
    Time oldestWaiting; ///< since when the one waits that waits longest
    bool operator==(const AgentLoad &) const = default;
};
[[nodiscard]] Result<QHash<AgentId, AgentLoad>> loadAgentLoads(Database &database);
/// Who of us answered the contact of a conversation last; none = nobody yet.
[[nodiscard]] Result<AgentId> loadLastAnswerer(Database &database, ConversationId conversation);

/// What an agent has to think of before going off duty: its open and snoozed conversations, then others with drafts.
struct HandoverWork
{
    QList<ConversationRecord> conversations;
    QHash<ConversationId, QString> drafts; ///< the newest text begun there
};
[[nodiscard]] Result<HandoverWork> loadHandover(Database &database, AgentId me, Time now, int limit);

[[nodiscard]] Result<QList<TagRecord>> loadTags(Database &database);
/// By name.
[[nodiscard]] Result<QList<SavedReplyRecord>> loadSavedReplies(Database &database);
[[nodiscard]] Result<QList<MacroRecord>> loadMacros(Database &database);
/// The shared views, then those that `me` made; each in their order.
[[nodiscard]] Result<QList<ViewRecord>> loadViews(Database &database, AgentId me);
/// What is pinned now.
[[nodiscard]] Result<QList<NoticeRecord>> loadNotices(Database &database, Time now);
[[nodiscard]] Result<QList<ChannelRecord>> loadChannels(Database &database, bool withRemoved = false);
/// When this desk last asked one of them itself; not known = never.
[[nodiscard]] Time newestPull(const QList<ChannelRecord> &channels);
/// Conversations of the same contact, newest first, without `besides`. @param statuses of these only; none named = any
[[nodiscard]] Result<QList<ConversationRecord>> loadConversationsOfContact(Database &database, ContactId contact,
                                                                           ConversationId besides, int limit,
                                                                           AgentId me, Time now,
                                                                           const QList<Status> &statuses = {});
/// Only which they are.
[[nodiscard]] Result<QList<ConversationId>> conversationsOfContact(Database &database, ContactId contact,
                                                                   ConversationId besides, int limit, Time now,
                                                                   const QList<Status> &statuses = {});
/// How many conversations a contact has, in all its identities. Looks at each of them.
struct ContactCounts
{
    qint64 all = 0;
    qint64 open = 0;
    bool operator==(const ContactCounts &) const = default;
};
[[nodiscard]] Result<ContactCounts> countOfContact(Database &database, ContactId contact, Time now);
/// The same public post as heard on another channel.
struct TwinRecord
{
    ConversationId conversation;
    qint64 number = 0;
    ChannelId channel;
    QString channelName;
    bool isAnswered = false; ///< or an answer is on its way
    bool operator==(const TwinRecord &) const = default;
};
[[nodiscard]] Result<QList<TwinRecord>> loadTwins(Database &database, MessageId message);
[[nodiscard]] Result<QList<DraftRecord>> loadDrafts(Database &database, AgentId me, ConversationId conversation);
/// The newest message of a conversation that the agent has seen; none = none yet.
[[nodiscard]] Result<MessageId> loadSeenMessage(Database &database, AgentId me, ConversationId conversation);
/// The newest note in a conversation that names the asking agent.
struct NoteToMe
{
    ConversationId conversation;
    MessageId message;
    QString by;   ///< a colleague's name
    QString text; ///< one clean line of it
    Time at;
    bool isUnseen = false; ///< a colleague's, and newer than all that the agent has seen there
    bool operator==(const NoteToMe &) const = default;
};
/// Of those that have one.
[[nodiscard]] Result<QList<NoteToMe>> loadNotesToMe(Database &database, AgentId me,
                                                    const QList<ConversationId> &conversations);
/// By what a conversation is unseen again, and by what seen.
struct UnseenPlace
{
    ConversationId conversation;
    MessageId seen;   ///< up to where it has been seen
    MessageId before; ///< what was before the newest that the contact wrote; none = there was nothing
};
/// Of those in which the agent has seen all that the contact wrote.
[[nodiscard]] Result<QList<UnseenPlace>> loadUnseenPlaces(Database &database, AgentId me,
                                                          const QList<ConversationId> &conversations);
[[nodiscard]] Result<QString> loadSetting(Database &database, AgentId me, const QString &name);

/// One found message.
struct SearchHit
{
    MessageId message;
    ConversationId conversation;
    QString excerpt; ///< one line; matches between U+E001 and U+E002
    Time at;
};
struct SearchPage
{
    QList<SearchHit> hits;         ///< newest first
    MessageId goOnBefore;          ///< for the next page
    bool hasMore = false;          ///< "50+"
    bool isSearchingOlder = false; ///< its time was over before it was full: ask again with goOnBefore
};
/// How long a search looks for a page, so that the first hits are there within a frame of the screen.
constexpr Duration searchPatience{6};
/// @param before none = from the newest. What the filters that change (tag, status, owner) select is looked up first
/// where it is little, and asked of each candidate where it is much; after `patience` the page ends with what it has.
[[nodiscard]] Result<SearchPage> searchMessages(Database &database, const SearchQuery &query, AgentId me,
                                                MessageId before, int limit, Time now,
                                                Duration patience = searchPatience);

} // namespace Earshot
