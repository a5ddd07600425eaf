// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/wording.h"

#include <QLocale>

namespace Earshot {

QString Wording::of(Network network)
{
    switch (network) {
    case Network::feed:
        return tr("feed");
    case Network::mastodon:
        return tr("Mastodon");
    case Network::wordpress:
        return tr("WordPress");
    case Network::bluesky:
        return tr("Bluesky");
    }
    return {};
}

QString Wording::of(Status status)
{
    switch (status) {
    case Status::open:
        return tr("open");
    case Status::pending:
        return tr("waiting");
    case Status::snoozed:
        return tr("snoozed");
    case Status::resolved:
        return tr("resolved");
    }
    return {};
}

QString Wording::of(Reason reason)
{
    switch (reason) {
    case Reason::none:
        return {};
    case Reason::answered:
        return tr("answered");
    case Reason::noAnswerNeeded:
        return tr("no answer needed");
    case Reason::spam:
        return tr("spam");
    case Reason::duplicate:
        return tr("duplicate");
    }
    return {};
}

QString Wording::of(Priority priority)
{
    switch (priority) {
    case Priority::low:
        return tr("low");
    case Priority::normal:
        return tr("normal");
    case Priority::high:
        return tr("high");
    case Priority::urgent:
        return tr("urgent");
    }
    return {};
}

QString Wording::of(DeliveryState state)
{
    switch (state) {
    case DeliveryState::none:
        return {};
    case DeliveryState::draft:
        return tr("draft");
    case DeliveryState::awaitingApproval:
        return tr("awaiting approval");
    case DeliveryState::held:
        return tr("waiting, can be taken back");
    case DeliveryState::queued:
        return tr("waiting to be sent");
    case DeliveryState::sending:
        return tr("sending");
    case DeliveryState::sent:
        return tr("sent");
    case DeliveryState::failed:
        return tr("failed");
    case DeliveryState::unsure:
        return tr("not known if it arrived");
    case DeliveryState::cancelled:
        return tr("cancelled");
    }
    return {};
}

QString Wording::of(Effect effect)
{
    switch (effect) {
    case Effect::reply:
        return tr("Reply");
    case Effect::like:
        return tr("Like");
    case Effect::unlike:
        return tr("Take back a like");
    case Effect::boost:
        return tr("Boost");
    case Effect::unboost:
        return tr("Take back a boost");
    case Effect::approve:
        return tr("Approve");
    case Effect::unapprove:
        return tr("Take back an approval");
    case Effect::hide:
        return tr("Hide");
    case Effect::spam:
        return tr("Mark as spam");
    case Effect::trash:
        return tr("Move to trash");
    case Effect::restore:
        return tr("Restore");
    case Effect::deleteOwn:
        return tr("Delete our message");
    }
    return {};
}

QString Wording::of(View view)
{
    switch (view) {
    case View::mine:
        return tr("Mine");
    case View::unassigned:
        return tr("Unassigned");
    case View::open:
        return tr("All open");
    case View::waiting:
        return tr("Waiting");
    case View::snoozed:
        return tr("Snoozed");
    case View::resolved:
        return tr("Resolved");
    case View::all:
        return tr("Everything");
    case View::notesToMe:
        return tr("Notes to me");
    case View::trouble:
        return tr("Trouble");
    case View::channel:
        return tr("Channel");
    case View::tag:
        return tr("Tag");
    case View::contact:
        return tr("Contact");
    case View::custom:
        return tr("View");
    }
    return {};
}

QString Wording::of(Role role)
{
    switch (role) {
    case Role::viewer:
        return tr("viewer", "role");
    case Role::agent:
        return tr("agent", "role");
    case Role::lead:
        return tr("lead", "role");
    case Role::admin:
        return tr("admin", "role");
    }
    return {};
}

QString Wording::of(Purpose purpose)
{
    switch (purpose) {
    case Purpose::support:
        return tr("support");
    case Purpose::sales:
        return tr("sales");
    case Purpose::community:
        return tr("community");
    case Purpose::corporate:
        return tr("the company in general", "what a channel is for");
    }
    return {};
}

QString Wording::every(int seconds)
{
    if (seconds % 3600 == 0)
        return tr("every %Ln hour(s)", nullptr, seconds / 3600);
    return seconds % 60 == 0 ? tr("every %Ln minute(s)", nullptr, seconds / 60)
                             : tr("every %Ln second(s)", nullptr, seconds);
}

QString Wording::age(Time time, Time now)
{
    using namespace std::chrono;
    if (!isKnown(time))
        return {};
    const auto passed = duration_cast<minutes>(now - time);
    // A network's clock may be ahead of ours: that is now, too.
    if (passed < minutes(1))
        return tr("now");
    if (passed < hours(1))
        return tr("%Ln min", nullptr, int(passed.count()));
    if (passed < hours(24))
        return tr("%Ln h", nullptr, int(duration_cast<hours>(passed).count()));
    const QDateTime moment = toDateTime(time).toLocalTime();
    const QLocale locale;
    if (passed < hours(24 * 6))
        return locale.dayName(moment.date().dayOfWeek(), QLocale::ShortFormat);
    const bool isThisYear = moment.date().year() == toDateTime(now).toLocalTime().date().year();
    return locale.toString(moment.date(),
                           isThisYear ? tr("d MMM", "date of this year") : tr("d MMM yyyy", "date of another year"));
}

QString Wording::clockTime(Time time)
{
    const QDateTime moment = toDateTime(time).toLocalTime();
    const QLocale locale;
    const QString clock = locale.toString(moment.time(), QLocale::ShortFormat);
    const QDate today = QDate::currentDate();
    if (moment.date() == today)
        return clock;
    const bool isThisYear = moment.date().year() == today.year();
    const QString day = locale.toString(moment.date(), isThisYear ? tr("d MMM", "date of this year")
                                                                  : tr("d MMM yyyy", "date of another year"));
    return day + QLatin1Char(' ') + clock;
}

QString Wording::searchReach(Time since)
{
    if (!isKnown(since))
        return tr("Search does not reach all history yet");
    return tr("Search reaches back to %1")
        .arg(QLocale().toString(toDateTime(since).toLocalTime().date(), QLocale::LongFormat));
}

QString Wording::of(const AgentRecord &agent, const AgentLoad &load)
{
    QStringList parts{agent.isOnDuty ? tr("on duty") : tr("off duty")};
    if (agent.openLimit > 0)
        parts.append(
            tr("%1 open of at most %2").arg(QLocale().toString(load.open), QLocale().toString(agent.openLimit)));
    else
        parts.append(tr("%Ln open", nullptr, int(load.open)));
    if (agent.isFull(load.open))
        parts.append(tr("full", "of an agent who has as much as is to be"));
    if (isKnown(load.oldestWaiting))
        parts.append(tr("oldest waits since %1").arg(clockTime(load.oldestWaiting)));
    return parts.join(QStringLiteral(", "));
}

QString Wording::waitingFor(Time since, Time now)
{
    using namespace std::chrono;
    if (!isKnown(since))
        return {};
    const auto passed = duration_cast<hours>(now - since);
    return passed < hours(24) ? age(since, now) : tr("%Ln d", "days", int(passed / hours(24)));
}

QString Wording::followers(int count)
{
    return tr("%Ln follower(s)", nullptr, count);
}

QString Wording::aboutFollowers(int count)
{
    constexpr int thousand = 1000;
    constexpr int million = 1'000'000;
    if (count < thousand)
        return followers(count);
    const bool isMillions = count >= million;
    const int tenths = count / ((isMillions ? million : thousand) / 10);
    const QLocale locale;
    const QString number =
        tenths < 100 && tenths % 10 != 0 ? locale.toString(tenths / 10.0, 'f', 1) : locale.toString(tenths / 10);
    return isMillions ? tr("%1M followers", "about how many million: 1.2").arg(number)
                      : tr("%1k followers", "about how many thousand: 12").arg(number);
}

qint64 Wording::numberIn(const QString &text)
{
    const QString digits = text.trimmed();
    return (digits.startsWith(QLatin1Char('#')) ? digits.mid(1) : digits).toLongLong();
}

QString Wording::isolated(const QString &text)
{
    return QChar(0x2068) + text + QChar(0x2069);
}

bool Wording::hasIsolated(const QString &text)
{
    return text.contains(QChar(0x2068));
}

QString Wording::takingBackIsAsked()
{
    return tr("The server is asked to take it back. Whether it is too late is known when it answers.");
}

QString Wording::excerpt(const QString &text)
{
    constexpr qsizetype mostLetters = 80;
    constexpr qsizetype mostLookedAt = 8 * mostLetters; // of what may have millions
    const QString line = text.left(mostLookedAt).simplified();
    return line.size() <= mostLetters && text.size() <= mostLookedAt ? line : line.left(mostLetters) + QChar(0x2026);
}

} // namespace Earshot
