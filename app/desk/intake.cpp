// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/intake.h"

#include "workspace/deliverystore.h"
#include "workspace/incarnation.h"
#include "workspace/journal.h"
#include "workspace/queries.h"
#include "workspace/waits.h"

namespace Earshot {

namespace {

/// Only a change is a change, as with its health.
void storeHeard(Writing &writing, ChannelId channel)
{
    {
        Statement find = writing.statement("select_channel_behind");
        if (!find.bind("id", channel).next() || find.integer(0) == 0)
            return;
    }
    Statement update = writing.statement("update_channel_heard");
    update.bind("id", channel).bind("seq", writing.nextSeq()).run();
    writing.notice().hasChannels = true;
}

} // namespace

QFuture<Result<IngestReport>> Intake::storePage(ChannelId channel, Page page)
{
    return m_workspace.write<IngestReport>(Urgency::bulk,
                                           [channel, page = std::move(page)](Writing &writing) -> Result<IngestReport> {
                                               const IngestReport report = ingestPage(writing, channel, page);
                                               storePosition(writing, channel, page.next, !page.hasMore);
                                               return report;
                                           });
}

QFuture<Result<IngestReport>> Intake::storeMessages(ChannelId channel, Page page)
{
    return m_workspace.write<IngestReport>(Urgency::bulk,
                                           [channel, page = std::move(page)](Writing &writing) -> Result<IngestReport> {
                                               return ingestPage(writing, channel, page);
                                           });
}

QFuture<Result<bool>> Intake::storeHealth(ChannelId channel, Health health, QString detail, Time until)
{
    return m_workspace.write<bool>(Urgency::bulk, [=](Writing &writing) -> Result<bool> {
        {
            // Only a change is a change: a channel that stays well makes no rows.
            Statement find = writing.statement("select_channel_health");
            if (find.bind("id", channel).next() && find.integer(0) == qint64(health) && find.text(1) == detail)
                return true;
        }
        Statement update = writing.statement("update_channel_health");
        update.bind("id", channel).bind("seq", writing.nextSeq()).bind("health", health).bind("detail", detail);
        update.bind("since", writing.now()).bind("until", until).run();
        writing.notice().hasChannels = true;
        return true;
    });
}

QFuture<Result<bool>> Intake::storeAccount(ChannelId channel, QString id, QString handle, QString name, QString baseUrl,
                                           Capabilities capabilities)
{
    return m_workspace.write<bool>(Urgency::interactive, [=](Writing &writing) -> Result<bool> {
        const Capabilities &can = capabilities;
        Statement update = writing.statement("update_channel_account");
        update.bind("id", channel).bind("seq", writing.nextSeq()).bind("account_id", id).bind("account_handle", handle);
        update.bind("account_name", name).bind("base_url", baseUrl).bind("can_reply", can.canReply);
        update.bind("can_reply_privately", can.canReplyPrivately).bind("can_like", can.canLike);
        update.bind("can_boost", can.canBoost).bind("can_hide", can.canHide).bind("can_delete_own", can.canDeleteOwn);
        update.bind("can_ask", can.canAskBeforePublishing).bind("has_content_warning", can.hasContentWarning);
        update.bind("count_rule", can.countRule).bind("max_length", can.maxLength).bind("per_url", can.perUrl);
        update.bind("max_media", can.maxMedia).bind("max_media_bytes", can.maxMediaBytes);
        update.bind("key_lifetime", can.keyLifetime).bind("visibility_delay", can.visibilityDelay);
        update.bind("can_hide_below_own", can.canHideBelowOwn).bind("max_private_length", can.maxPrivateLength).run();
        writing.notice().hasChannels = true;
        return true;
    });
}

QFuture<Result<bool>> Intake::storeAddress(ChannelId channel, QString address)
{
    return m_workspace.write<bool>(Urgency::interactive, [=](Writing &writing) -> Result<bool> {
        Statement update = writing.statement("update_channel_address");
        update.bind("id", channel).bind("seq", writing.nextSeq()).bind("address", address).run();
        writing.notice().hasChannels = true;
        return true;
    });
}

QFuture<Result<bool>> Intake::storeNextPull(ChannelId channel, Time next, bool hasFailed, RequestLimit limit)
{
    return m_workspace.write<bool>(Urgency::bulk, [=](Writing &writing) -> Result<bool> {
        Statement update = writing.statement("upsert_next_pull");
        update.bind("channel", channel).bind("next", next).bind("failed", hasFailed).bind("at", writing.now());
        update.bind("limit_left", limit.left).bind("limit_reset_at", limit.resetAt).run();
        if (!hasFailed)
            storeHeard(writing, channel);
        return true;
    });
}

QFuture<Result<bool>> Intake::storePause(Pause pause)
{
    return m_workspace.write<bool>(Urgency::interactive, [pause](Writing &writing) -> Result<bool> {
        const auto channels = loadChannels(writing.database());
        if (!channels)
            return tl::unexpected(channels.error());
        for (const ChannelRecord &channel : *channels) {
            if (!isKnown(channel.lastPullAt))
                continue;
            Statement update = writing.statement("update_channel_pause");
            update.bind("id", channel.id).bind("seq", writing.nextSeq());
            update.bind("heard_until", pause.heardUntil).bind("heard_again", pause.heardAgain).run();
            writing.notice().hasChannels = true;
        }
        return true;
    });
}

QFuture<Result<bool>> Intake::storeLifeSign()
{
    return m_workspace.write<bool>(Urgency::bulk, [](Writing &writing) -> Result<bool> {
        writing.setMeta(lifeSignName, QString::number(toMs(writing.now())));
        return true;
    });
}

Result<Time> Intake::lastLifeSign()
{
    return m_workspace.readNow<Time>([](Database &database) -> Result<Time> {
        Statement find = database.statement("select_meta");
        const bool isThere = find.bind("name", lifeSignName).next();
        return database.result(isThere ? timeFromMs(find.text(0).toLongLong()) : Time());
    });
}

QFuture<Result<int>> Intake::beginAttempt(BeginWish wish)
{
    return m_workspace.write<int>(Urgency::interactive, [wish = std::move(wish)](Writing &writing) {
        return Earshot::beginAttempt(writing, wish);
    });
}

QFuture<Result<bool>> Intake::endAttempt(AttemptEnd end)
{
    return m_workspace.write<bool>(Urgency::interactive, [end = std::move(end)](Writing &writing) -> Result<bool> {
        Earshot::endAttempt(writing, end);
        return true;
    });
}

QFuture<Result<bool>> Intake::failDelivery(DeliveryId delivery, Error error)
{
    return m_workspace.write<bool>(Urgency::interactive, [=](Writing &writing) -> Result<bool> {
        Earshot::failDelivery(writing, delivery, error);
        return true;
    });
}

QFuture<Result<bool>> Intake::postpone(DeliveryId delivery, Time until, Error why)
{
    return m_workspace.write<bool>(Urgency::bulk, [=](Writing &writing) -> Result<bool> {
        DeliveryChange change;
        change.delivery = delivery;
        change.state = DeliveryState::queued;
        change.failure = word(why.kind);
        change.failureDetail = why.detail;
        change.retryAt = until;
        storeDelivery(writing, change);
        return true;
    });
}

QFuture<Result<int>> Intake::shortenWaits(ChannelId channel)
{
    return m_workspace.write<int>(Urgency::interactive, [channel](Writing &writing) -> Result<int> {
        return Earshot::shortenWaits(writing, channel);
    });
}

QFuture<Result<int>> Intake::wakeDue()
{
    return m_workspace.write<int>(Urgency::interactive, [](Writing &writing) -> Result<int> {
        QList<std::pair<ConversationId, ChannelId>> due;
        {
            Statement find = writing.statement("select_due_snoozed");
            find.bind("now", writing.now());
            while (find.next()) {
                std::pair<ConversationId, ChannelId> row;
                find >> row.first >> row.second;
                due.append(row);
            }
        }
        for (const auto &[conversation, channel] : std::as_const(due)) {
            {
                Statement update = writing.statement("update_conversation_reopened");
                update.bind("id", conversation).bind("seq", writing.nextSeq()).run();
            }
            JournalLine line;
            line.kind = QStringLiteral("woke");
            line.channel = channel;
            line.conversation = conversation;
            writeJournal(writing, line);
        }
        return int(due.size());
    });
}

QFuture<Result<int>> Intake::forgetOldTombstones()
{
    return m_workspace.write<int>(Urgency::bulk, [](Writing &writing) -> Result<int> {
        const Time limit = writing.now() - std::chrono::days(90);
        Seq newest = 0;
        {
            Statement find = writing.statement("select_old_tombstones");
            if (find.bind("limit", limit).next())
                newest = find.integer(0);
        }
        if (newest == 0)
            return 0;
        writing.setMeta(QStringLiteral("tombstones_since"), QString::number(newest));
        Statement remove = writing.statement("delete_old_tombstones");
        remove.bind("seq", newest).run();
        return writing.database().changedRows();
    });
}

Result<QList<std::pair<QString, QString>>> Intake::newestMessages(ChannelId channel, int limit)
{
    return m_workspace.readNow<QList<std::pair<QString, QString>>>(
        [channel, limit](Database &database) -> Result<QList<std::pair<QString, QString>>> {
            QList<std::pair<QString, QString>> found;
            Statement find = database.statement("select_newest_channel_messages");
            find.bind("channel", channel).bind("limit", limit);
            while (find.next())
                found.append({find.text(0), find.text(1)});
            return database.result(found);
        });
}

Result<QList<MediaToFetch>> Intake::mediaToFetch(ChannelId channel, int limit)
{
    return m_workspace.readNow<QList<MediaToFetch>>(
        [channel, limit](Database &database) -> Result<QList<MediaToFetch>> {
            QList<MediaToFetch> found;
            Statement find = database.statement("select_media_to_fetch");
            find.bind("channel", channel).bind("limit", limit);
            while (find.next()) {
                MediaToFetch media;
                find >> media.id >> media.url;
                found.append(media);
            }
            return database.result(found);
        });
}

QFuture<Result<bool>> Intake::storeMediaHash(qint64 media, QString hash, QSize original)
{
    return m_workspace.write<bool>(Urgency::bulk, [=](Writing &writing) -> Result<bool> {
        {
            Statement update = writing.statement("update_media_hash");
            update.bind("id", media).bind("seq", writing.nextSeq()).bind("hash", hash);
            update.bind("width", original.width()).bind("height", original.height()).run();
        }
        Statement find = writing.statement("select_media_conversation");
        if (find.bind("id", media).next())
            writing.notice().conversations.insert(ConversationId(find.integer(0)));
        return true;
    });
}

} // namespace Earshot
