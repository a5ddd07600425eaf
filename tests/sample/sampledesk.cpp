// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sampledesk.h"

#include <algorithm>

namespace Earshot {

SampleDesk::SampleDesk(int conversations, quint32 seed)
{
    Result<Sample> sample = makeSample(folder.path(), clock, seed, conversations);
    if (!sample) {
        qWarning("%s", qPrintable(sample.error().detail));
        return;
    }
    world = &dynamic_cast<SampleTransport &>(*sample->http).world();
    Session::Options options;
    options.path = sample->path;
    options.http = std::move(sample->http);
    options.secrets = sample->secrets;
    auto opened = Session::open(std::move(options), clock);
    if (opened)
        session = std::move(*opened);
}

Outcome SampleDesk::perform(const ActionArguments &arguments, bool force)
{
    Action action = makeAction(arguments, clock.now());
    action.force = force;
    return await(session->desk().perform({action})).value(0);
}

QList<ConversationRecord> SampleDesk::list(View view, int limit)
{
    const AgentId me = session->desk().me();
    const auto found = session->workspace().readNow<QList<ConversationRecord>>(
        [&](Database &database) -> Result<QList<ConversationRecord>> {
            ListQuery query;
            query.view = view;
            query.me = me;
            query.limit = limit;
            query.now = clock.now();
            const auto entries = listConversations(database, query);
            if (!entries)
                return tl::unexpected(entries.error());
            QList<ConversationId> ids;
            for (const ListEntry &entry : *entries)
                ids.append(entry.id);
            return loadConversations(database, ids, me, clock.now());
        });
    return found.value_or(QList<ConversationRecord>());
}

QList<MessageRecord> SampleDesk::messages(ConversationId conversation)
{
    return session->workspace()
        .readNow<QList<MessageRecord>>([&](Database &database) {
            return loadMessages(database, {conversation, std::nullopt, 500});
        })
        .value_or(QList<MessageRecord>());
}

QList<DeliveryRecord> SampleDesk::outbox()
{
    return session->workspace()
        .readNow<QList<DeliveryRecord>>([](Database &database) { return loadOutbox(database); })
        .value_or(QList<DeliveryRecord>());
}

std::optional<DeliveryRecord> SampleDesk::delivery(qint64 id)
{
    return session->workspace()
        .readNow<std::optional<DeliveryRecord>>(
            [id](Database &database) { return loadDelivery(database, DeliveryId(id)); })
        .value_or(std::nullopt);
}

QList<ChannelRecord> SampleDesk::channels()
{
    return session->workspace()
        .readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); })
        .value_or(QList<ChannelRecord>());
}

ConversationRecord SampleDesk::openMention()
{
    const QList<ConversationRecord> open = list(View::open);
    const auto found = std::find_if(open.cbegin(), open.cend(), [this](const ConversationRecord &one) {
        const QList<MessageRecord> all = messages(one.id);
        return one.network == Network::mastodon && one.trouble == 0 && one.needsAnswer && !all.isEmpty() &&
               all.last().presence == Presence::live && all.first().text.startsWith(QStringLiteral("@acme"));
    });
    return found == open.cend() ? ConversationRecord() : *found;
}

int SampleDesk::postsSaying(const QString &text) const
{
    const QStringList ids = world->mastodon()->postsOf(QStringLiteral("acme"));
    return int(std::count_if(ids.cbegin(), ids.cend(),
                             [&](const QString &id) { return world->mastodon()->textOfPost(id).contains(text); }));
}

} // namespace Earshot
