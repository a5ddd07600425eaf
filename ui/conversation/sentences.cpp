// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/sentences.h"

#include "ui/shell/aheadsigns.h"
#include "ui/shell/errortext.h"
#include "ui/shell/wording.h"

#include <QLocale>

#include <algorithm>

namespace Earshot {

QString Sentences::attachment(const MediaRecord &media)
{
    const QString kind = media.type.section(QLatin1Char('/'), 0, 0);
    const QString text = Wording::isolated(media.description);
    const bool isDescribed = !media.description.isEmpty();
    if (kind == QLatin1StringView("image"))
        return isDescribed ? tr("Picture: %1").arg(text) : tr("Picture without a description");
    if (kind == QLatin1StringView("video"))
        return isDescribed ? tr("Video: %1").arg(text) : tr("Video without a description");
    if (kind == QLatin1StringView("audio"))
        return isDescribed ? tr("Audio: %1").arg(text) : tr("Audio without a description");
    return tr("File %1").arg(isDescribed ? text : Wording::isolated(media.type));
}

QString Sentences::moment(Time at, Time now)
{
    if (!isKnown(at))
        return tr("time not known");
    const QDateTime local = toDateTime(at).toLocalTime();
    const QDateTime today = toDateTime(now).toLocalTime();
    const QLocale locale;
    // "2:05 PM" stays on one line.
    const QString clock =
        locale.toString(local.time(), QLocale::ShortFormat).replace(QLatin1Char(' '), QChar(QChar::Nbsp));
    if (local.date() == today.date())
        return clock;
    //: date format of a day in this year, as in QLocale::toString
    const QString sameYear = tr("d MMM");
    //: date format of a day in another year
    const QString otherYear = tr("d MMM yyyy");
    const bool isThisYear = local.date().year() == today.date().year();
    return locale.toString(local.date(), isThisYear ? sameYear : otherYear) + QLatin1Char(' ') + clock;
}

QString Sentences::status(const ConversationRecord &conversation, Time now)
{
    switch (conversation.status) {
    case Status::open:
        return tr("open");
    case Status::pending:
        return tr("waiting for the customer");
    case Status::snoozed:
        return tr("snoozed until %1").arg(moment(conversation.snoozedUntil, now));
    case Status::resolved:
        break;
    }
    switch (conversation.reason) {
    case Reason::none:
        return tr("resolved");
    case Reason::answered:
        return tr("resolved: answered");
    case Reason::noAnswerNeeded:
        return tr("resolved: no answer needed");
    case Reason::spam:
        return tr("resolved: spam");
    case Reason::duplicate:
        return tr("resolved: duplicate");
    }
    return {};
}

QString Sentences::priority(Priority priority)
{
    switch (priority) {
    case Priority::low:
        return tr("low priority");
    case Priority::normal:
        return tr("normal priority");
    case Priority::high:
        return tr("high priority");
    case Priority::urgent:
        return tr("urgent");
    }
    return {};
}

QString Sentences::visibility(Visibility visibility)
{
    switch (visibility) {
    case Visibility::everyone:
        return tr("public");
    case Visibility::unlisted:
        return tr("public, not listed");
    case Visibility::followers:
        return tr("followers only");
    case Visibility::direct:
        return tr("private");
    }
    return {};
}

QString Sentences::remoteState(const MessageRecord &message)
{
    QStringList words;
    if (message.presence == Presence::deleted)
        words.append(tr("deleted on the network, kept here"));
    if (message.presence == Presence::gone)
        words.append(tr("no longer on the network, kept here"));
    switch (message.moderation) {
    case Moderation::held:
        words.append(message.kind == MessageKind::reply ? tr("held by the network, not yet public")
                                                        : tr("held for approval, not yet public"));
        break;
    case Moderation::hidden:
        words.append(tr("hidden"));
        break;
    case Moderation::spam:
        words.append(tr("marked as spam"));
        break;
    case Moderation::trash:
        words.append(tr("in the network's trash"));
        break;
    case Moderation::none:
    case Moderation::approved:
        break;
    }
    return words.join(QStringLiteral(" · "));
}

QString Sentences::edited(const MessageRecord &message)
{
    return isKnown(message.editedAt) || !message.olderTexts.isEmpty() ? tr("edited") : QString();
}

QString Sentences::delivery(const DeliveryRecord &delivery, Time now)
{
    if (isForecast(delivery.id) && delivery.state != DeliveryState::cancelled)
        return AheadSigns::words();
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(delivery.heldUntil - now).count();
    switch (delivery.state) {
    case DeliveryState::none:
    case DeliveryState::draft:
        return {};
    case DeliveryState::awaitingApproval:
        return tr("waiting for approval");
    case DeliveryState::held:
        return seconds > 0 ? tr("waiting %1 s").arg(seconds) : tr("about to be sent");
    case DeliveryState::queued:
        return delivery.retryAt > now ? tr("trying again at %1").arg(moment(delivery.retryAt, now))
                                      : tr("about to be sent");
    case DeliveryState::sending:
        return tr("sending");
    case DeliveryState::sent:
        return tr("sent");
    case DeliveryState::failed:
        return tr("failed: %1").arg(ErrorText::ofDelivery(delivery.failure, delivery.failureDetail));
    case DeliveryState::unsure:
        return tr("not known if it arrived");
    case DeliveryState::cancelled:
        return tr("taken back, not sent");
    }
    return {};
}

QString Sentences::rating(int rating)
{
    const int whole = rating / 10;
    const bool hasHalf = rating % 10 >= 5;
    QString glyphs = QString(whole, QChar(0x2605));
    if (hasHalf)
        glyphs += QChar(0x00bd);
    glyphs += QString(std::max(0, 5 - whole - (hasHalf ? 1 : 0)), QChar(0x2606));
    return tr("%1 of 5 stars").arg(QLocale().toString(rating / 10.0, 'g', 2)) + QLatin1Char(' ') + glyphs;
}

QString Sentences::effect(const DeliveryRecord &effect)
{
    QString state;
    if (effect.state == DeliveryState::held || effect.state == DeliveryState::queued)
        state = tr("not sent yet");
    else
        state = delivery(effect, {});
    return tr("%1: %2", "a like, a boost, ..., and what became of it").arg(Wording::of(effect.effect), state);
}

QString Sentences::spoken(const MessageRecord &message, Time now, const QString &effects)
{
    const QString who = Wording::isolated(message.agentName.isEmpty() ? message.authorName : message.agentName);
    QString head;
    if (message.kind == MessageKind::note)
        head = tr("Note by %1, %2").arg(who, moment(message.sortAt, now));
    else if (message.kind == MessageKind::reply)
        head = tr("Our reply by %1, %2").arg(who, moment(message.sortAt, now));
    else
        head = tr("%1, %2").arg(who, moment(message.sortAt, now));
    if (message.visibility == Visibility::direct)
        head += QStringLiteral(", ") + visibility(message.visibility);
    for (const QString &state : {edited(message), remoteState(message)}) {
        if (!state.isEmpty())
            head += QStringLiteral(", ") + state;
    }
    if (message.delivery)
        head += QStringLiteral(", ") + delivery(*message.delivery, now);
    else if (isForecast(message.id))
        head += QStringLiteral(", ") + AheadSigns::words();
    if (!effects.isEmpty())
        head += QStringLiteral(", ") + effects;
    const QString body = message.contentWarning.isEmpty() ? message.text : message.contentWarning;
    QStringList said{QString(head + QStringLiteral(": ") + body.left(600))};
    for (const MediaRecord &media : message.media)
        said.append(attachment(media));
    return said.join(QStringLiteral(". "));
}

} // namespace Earshot
