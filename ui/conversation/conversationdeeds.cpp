// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/conversationpane.h"

#include "ui/composer/choicebar.h"
#include "ui/composer/composer.h"
#include "ui/conversation/mediaviewer.h"
#include "ui/conversation/timelineview.h"
#include "ui/shell/errortext.h"
#include "ui/shell/whendone.h"
#include "ui/shell/wording.h"
#include "workspace/queries.h"

#include <algorithm>

namespace Earshot {

// What came since, and what a person does in the pane.

QString ConversationPane::newsText(Seq since) const
{
    if (m_reading.conversation.publicSeq <= since)
        return {};
    QString answered;
    bool isOnlyMine = false;
    for (const TimelineItem &item : m_timeline->timeline().items()) {
        if (!item.message || item.isContext || item.message->createdSeq <= since)
            continue;
        const MessageRecord &message = *item.message;
        if (message.kind == MessageKind::inbound)
            return tr("%1 wrote again.").arg(Wording::isolated(message.authorName));
        if (message.kind != MessageKind::reply)
            continue;
        if (message.agent == m_desk.me())
            isOnlyMine = true;
        else
            answered = message.agentName.isEmpty() ? tr("This was answered on the network.")
                                                   : tr("%1 answered.").arg(Wording::isolated(message.agentName));
    }
    if (!answered.isEmpty() || isOnlyMine)
        return answered;
    return tr("Something changed in this conversation.");
}

void ConversationPane::showNews()
{
    const bool isWriting = m_composer->isOpen();
    const Seq since = isWriting ? m_composer->basedOn() : m_looked;
    const QString text = m_isFirst ? QString() : newsText(since);
    if (text.isEmpty() || (!isWriting && m_timeline->isAtEnd())) {
        m_news->clear();
        return;
    }
    if (m_news->text() != text)
        m_news->ask(text, {{tr("Show"), [this] { acknowledgeNews(); }}});
}

void ConversationPane::acknowledgeNews()
{
    m_looked = m_reading.conversation.publicSeq;
    if (m_composer->isOpen()) {
        const Seq since = m_composer->basedOn();
        m_composer->acknowledge(m_reading.conversation.seq);
        for (const TimelineItem &item : m_timeline->timeline().items()) {
            if (item.message && item.message->createdSeq > since && item.message->kind == MessageKind::inbound) {
                m_timeline->showMessage(item.message->id);
                break;
            }
        }
    } else {
        m_timeline->scrollToEnd();
    }
    m_news->clear();
}

void ConversationPane::onAction(const MessageRecord &message, MessageAction action)
{
    if (!message.delivery)
        return;
    const DeliveryId delivery = message.delivery->id;
    const bool isUndo = action == MessageAction::undo;
    ActionArguments arguments = Act::CancelDelivery{delivery};
    if (action == MessageAction::arrived)
        arguments = Act::SettleDelivery{delivery};
    else if (!isUndo)
        arguments = Act::RetryDelivery{delivery, message.delivery->attempts};
    const bool isAgain = action == MessageAction::sendAgain;
    const Seq seen = isAgain || isBasedOnAll(arguments) ? 0 : basedOn();
    Action wanted = makeAction(arguments, m_desk.workspace().clock().now(), seen);
    wanted.force = isAgain;
    whenTold(m_desk.perform({wanted}), this,
             [this, message, isUndo](const QList<Outcome> &outcomes) { onDelivery(message, isUndo, outcomes); });
}

void ConversationPane::onDelivery(const MessageRecord &reply, bool isUndo, const QList<Outcome> &outcomes)
{
    if (outcomes.isEmpty())
        return;
    if (!outcomes.constFirst().isApplied()) {
        Q_EMIT message(ErrorText::of(outcomes.constFirst().refusal));
        return;
    }
    // It may have been published: as a draft its words would be sent once more.
    if (isUndo && outcomes.constFirst().isForecast) {
        Q_EMIT message(Wording::takingBackIsAsked());
        return;
    }
    // The words are not lost: they are a draft again.
    if (isUndo && reply.delivery->effect == Effect::reply)
        giveBack(reply.delivery->id, reply);
}

void ConversationPane::giveBack(DeliveryId delivery, const std::optional<MessageRecord> &shown)
{
    whenDone(m_desk.workspace().read<WrittenReply>(
                 [delivery](Database &database) { return loadWrittenReply(database, delivery); }),
             this, [this, shown](const Result<WrittenReply> &read) {
                 WrittenReply written = read.value_or(WrittenReply());
                 // A reply that never reached the server may be gone from here already.
                 if (!read && shown)
                     written.message = *shown;
                 if (!m_composer->takeBack(written))
                     Q_EMIT message(tr("What was taken back stands in its conversation."));
             });
}

void ConversationPane::pull()
{
    const ChannelId channel = m_reading.channel.id;
    if (!channel.isValid())
        return;
    whenDone(m_channels.pull(channel), this, [this](const QList<ChannelReport> &reports) {
        int news = 0;
        for (const ChannelReport &report : reports) {
            news += report.news();
            if (report.error) {
                Q_EMIT message(ErrorText::of(*report.error));
                return;
            }
        }
        Q_EMIT message(news > 0 ? tr("%Ln new message(s) on this channel.", nullptr, news)
                                : tr("Nothing new on this channel."));
    });
}

void ConversationPane::showMedia(const MessageRecord &message, const QString &hash)
{
    if (message.media.isEmpty())
        return;
    const auto found = std::find_if(message.media.cbegin(), message.media.cend(),
                                    [&hash](const MediaRecord &media) { return media.hash == hash; });
    const auto index = found == message.media.cend() ? 0 : int(found - message.media.cbegin());
    auto *viewer = new MediaViewer(m_desk.workspace().mediaFolder(), message.media, index, window());
    viewer->open();
}

} // namespace Earshot
