// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/timelinetext.h"

#include "cli/present.h"

namespace Earshot {

namespace {

/// Texts of strangers may hold anything that looks like the frame around them: each of their lines is indented.
QString indented(const QString &text)
{
    QString block;
    for (const QString &line : text.split(QLatin1Char('\n')))
        block += (line.isEmpty() ? line : QStringLiteral("    ") + line) + QLatin1Char('\n');
    return block;
}

QString oneLine(const QString &text)
{
    return text.simplified();
}

QString moment(Time time, const QTimeZone &zone)
{
    return toDateTime(time).toTimeZone(zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString remarks(const MessageRecord &message)
{
    QStringList words;
    if (message.delivery && message.delivery->state != DeliveryState::none) {
        const DeliveryRecord &delivery = *message.delivery;
        words.append(delivery.failure.isEmpty() ? word(delivery.state)
                                                : word(delivery.state) + QStringLiteral(": ") + delivery.failure);
    }
    if (message.visibility != Visibility::everyone)
        words.append(word(message.visibility));
    if (isKnown(message.editedAt))
        words.append(QStringLiteral("edited"));
    if (message.presence != Presence::live)
        words.append(word(message.presence) + QStringLiteral(" on the network"));
    if (message.moderation != Moderation::none)
        words.append(word(message.moderation));
    if (message.rating)
        words.append(QStringLiteral("%1 of 5 stars").arg(*message.rating / 10.0));
    return words.isEmpty() ? QString() : QStringLiteral(" [%1]").arg(words.join(QStringLiteral(", ")));
}

QString messageText(const MessageRecord &message, const QTimeZone &zone)
{
    QStringList who{authorOf(message).isEmpty() ? QStringLiteral("somebody") : authorOf(message)};
    if (!message.agent.isValid() && message.authorHandle != who.first())
        who.append(message.authorHandle);
    QString text = QStringLiteral("%1  %2: %3%4  (message %5)\n")
                       .arg(moment(message.sortAt, zone), word(message.kind), oneLine(who.join(QLatin1Char(' '))),
                            remarks(message), QString::number(message.id.value));
    if (!message.contentWarning.isEmpty())
        text += indented(QStringLiteral("Content warning: ") + message.contentWarning);
    text += indented(message.text);
    for (const MediaRecord &media : message.media) {
        QString line = QStringLiteral("[%1] %2 %3").arg(media.type, oneLine(media.description), media.remoteUrl);
        if (media.sentWidth > 0)
            line += QStringLiteral("(sent smaller: %1 × %2 pixels)").arg(media.sentWidth).arg(media.sentHeight);
        text += indented(line);
    }
    if (!message.url.isEmpty())
        text += indented(message.url);
    return text;
}

QString eventText(const JournalRecord &event, const QTimeZone &zone)
{
    const QString who = event.agentName.isEmpty() ? QString() : oneLine(event.agentName) + QStringLiteral(": ");
    return QStringLiteral("%1  -- %2%3 %4\n")
        .arg(moment(event.at, zone), who, event.kind, oneLine(changeText(event.before, event.after)));
}

QString heading(const ConversationRecord &conversation, const ChannelRecord &channel, const QTimeZone &zone)
{
    QStringList state{word(conversation.status)};
    if (conversation.reason != Reason::none)
        state.append(word(conversation.reason));
    if (isKnown(conversation.snoozedUntil) && conversation.status == Status::snoozed)
        state.append(QStringLiteral("until ") + moment(conversation.snoozedUntil, zone));
    state.append(conversation.assigneeName.isEmpty() ? QStringLiteral("unassigned") : conversation.assigneeName);
    state.append(QStringLiteral("priority ") + word(conversation.priority));
    if (!conversation.tags.isEmpty())
        state.append(QStringLiteral("tags: ") + conversation.tags.join(QStringLiteral(", ")));
    QString text =
        QStringLiteral("#%1  %2\n%3 %4 on %5 (%6)\n%7\n")
            .arg(QString::number(conversation.number), oneLine(conversation.subject), oneLine(conversation.contactName),
                 oneLine(conversation.contactHandle), oneLine(channel.name), word(conversation.network),
                 oneLine(state.join(QStringLiteral(", "))));
    if (!conversation.threadUrl.isEmpty())
        text += oneLine(conversation.threadTitle + QLatin1Char(' ') + conversation.threadUrl) + QLatin1Char('\n');
    return text + QLatin1Char('\n');
}

} // namespace

QString changeText(const QString &before, const QString &after)
{
    if (before.isEmpty() || after.isEmpty())
        return before.isEmpty() ? after : QStringLiteral("no longer ") + before;
    return before + QStringLiteral(" \u2192 ") + after;
}

QString timelineText(const ConversationRecord &conversation, const ChannelRecord &channel,
                     const QList<MessageRecord> &thread, const QList<MessageRecord> &messages,
                     const QList<JournalRecord> &events, const QTimeZone &zone)
{
    QString text = heading(conversation, channel, zone);
    for (const MessageRecord &message : thread)
        text += messageText(message, zone);
    if (!thread.isEmpty())
        text += QStringLiteral("---- the conversation ----\n");
    qsizetype next = 0;
    for (const MessageRecord &message : messages) {
        for (; next < events.size() && events.at(next).at < message.sortAt; ++next)
            text += eventText(events.at(next), zone);
        text += messageText(message, zone);
    }
    for (; next < events.size(); ++next)
        text += eventText(events.at(next), zone);
    return text;
}

} // namespace Earshot
