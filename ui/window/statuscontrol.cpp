// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/statuscontrol.h"

#include "desk/searchreach.h"
#include "ui/settings/outboxwords.h"
#include "ui/shell/announcing.h"
#include "ui/shell/errortext.h"
#include "ui/shell/wording.h"

#include <QLocale>

#include <algorithm>
#include <utility>

namespace Earshot {

namespace {

constexpr auto betweenLooks = std::chrono::seconds(30);
/// What a server missed is worth a word for the working day after it.
constexpr Duration pauseIsToldFor = std::chrono::hours(12);

using Sign = TopBar::Sign;

/// Whole only when the last has arrived, and then it is not told any more.
int percent(const DeskStatus &now)
{
    return std::min(99, int(now.share * 100));
}

} // namespace

StatusControl::StatusControl(Desk &desk, const Roster &roster, const SearchReach &reach, TopBar &topBar,
                             Setting setting, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_roster(roster)
    , m_topBar(topBar)
    , m_setting(std::move(setting))
    , m_reach(reach)
    , m_watch(this)
    , m_looked(desk.workspace().clock().now())
{
    m_watch.setObjectName(QStringLiteral("listeningWatch"));
    connect(&m_watch, &QTimer::timeout, this, &StatusControl::look);
    m_watch.start(betweenLooks);
    connect(&reach, &SearchReach::reachChanged, this, &StatusControl::update);
    connect(&roster, &Roster::rosterChanged, this, &StatusControl::onRoster);
    connect(&desk, &Desk::statusChanged, this, &StatusControl::update);
    connect(&desk, &Desk::outboxChanged, this, &StatusControl::update);
    update();
}

void StatusControl::setPulling(bool isPulling)
{
    m_isPulling = isPulling;
    update();
}

void StatusControl::beginListening()
{
    m_setting.notListening.clear();
    update();
}

void StatusControl::look()
{
    if (isShared())
        followServer();
    else
        lookForSleep();
}

/// Timers do not count while the machine sleeps: a channel that is pulled every hour would wait for the rest of it.
void StatusControl::lookForSleep()
{
    const Time now = m_desk.workspace().clock().now();
    const Time before = std::exchange(m_looked, now);
    const bool isListening =
        m_setting.notListening.isEmpty() && !m_roster.isReadOnly() && !m_desk.workspace().isCourierOff();
    const Pause asleep{before, now};
    if (!asleep.isLong() || !isListening)
        return;
    m_setting.pause = asleep;
    m_hasSlept = true;
    update();
    Q_EMIT slept();
}

void StatusControl::onRoster()
{
    if (isShared())
        followServer();
    else
        update();
}

/// What a server did not hear stands with its channels.
void StatusControl::followServer()
{
    Pause newest;
    for (const ChannelRecord &channel : m_roster.channels()) {
        if (channel.pause.heardAgain > newest.heardAgain)
            newest = channel.pause;
    }
    const bool isOther = newest != std::exchange(m_setting.pause, newest);
    const bool wasKnown = m_isServerKnown;
    // A desktop begins with what it knew when it was closed.
    if (m_roster.isLoaded() && m_desk.status().kind == DeskStatus::Kind::current)
        m_isServerKnown = true;
    update();
    // Whoever comes when all of it has arrived reads it in the status.
    if (isOther && (wasKnown || countBehind() > 0) && !pause().isEmpty())
        Q_EMIT serverPaused();
}

QString StatusControl::pauseOfServer() const
{
    if (m_desk.workspace().clock().now() - m_setting.pause.heardAgain > pauseIsToldFor)
        return {};
    if (countBehind() > 0)
        return tr("Not listening from %1 to %2: the server was down or asleep. What was written meanwhile arrives "
                  "now.");
    const QList<ChannelRecord> &channels = m_roster.channels();
    const bool hasArrived =
        std::none_of(channels.cbegin(), channels.cend(), [](const ChannelRecord &channel) { return channel.isBehind; });
    // What keeps back the rest is said of the channels themselves.
    return hasArrived ? tr("Not listening from %1 to %2: the server was down or asleep. What was written meanwhile has "
                           "arrived.")
                      : tr("Not listening from %1 to %2: the server was down or asleep.");
}

QString StatusControl::pause() const
{
    if (!m_setting.pause.isLong())
        return {};
    const QString said =
        isShared() ? pauseOfServer()
        : m_hasSlept
            ? tr("Not listening from %1 to %2: the computer was asleep. What was written meanwhile arrives now.")
            : tr("Not listening from %1 to %2: Earshot was closed. What was written meanwhile arrives now.");
    if (said.isEmpty())
        return {};
    return said.arg(Wording::clockTime(m_setting.pause.heardUntil), Wording::clockTime(m_setting.pause.heardAgain));
}

void StatusControl::update()
{
    Status now = status();
    if (const QString reach = searchReach(); !reach.isEmpty())
        now.explanation = QStringList{now.explanation, reach}.join(QLatin1Char('\n')).trimmed();
    m_topBar.setStatus(now.text, now.explanation, now.sign);
    if (now.sign == Sign::busy)
        return;
    // Who cannot see the sign hears that it came or went, and of nothing between.
    const bool isTrouble = now.sign == Sign::trouble;
    if (std::exchange(m_isTrouble, isTrouble).value_or(isTrouble) != isTrouble)
        announce(&m_topBar, now.text);
}

QString StatusControl::searchReach() const
{
    return m_reach.isWhole() ? QString() : Wording::searchReach(m_reach.since());
}

QString StatusControl::whatIsHere(const DeskStatus &now)
{
    if (isKnown(now.asOf))
        return tr("What you see is as it was at %1.").arg(Wording::clockTime(now.asOf));
    return tr("Joining is not finished: %1 % of the workspace has arrived. That can be read; the rest follows when the "
              "server is there.")
        .arg(percent(now));
}

QString StatusControl::offlineText(const DeskStatus &now)
{
    if (now.why.kind == ErrorKind::noKeychain)
        return tr("Waiting for the keychain");
    if (!isKnown(now.asOf))
        return tr("Offline: %1 % has arrived").arg(percent(now));
    return isKnown(now.awaySince) ? tr("Offline since %1").arg(Wording::clockTime(now.awaySince)) : tr("Offline");
}

QString StatusControl::whyAway(const Error &why)
{
    const bool isBusy = why.kind == ErrorKind::rateLimited ||
                        (isKnown(why.until) && why.detail.contains(QLatin1StringView("answers 503")));
    if (isBusy && isKnown(why.until))
        return tr("The server is there, but busy or being looked after. It asks to come back at %1; that happens by "
                  "itself.")
            .arg(Wording::clockTime(why.until));
    if (isBusy)
        return tr("The server is there, but busy. It is tried again by itself.");
    if (why.detail.contains(QLatin1StringView("no Earshot server")))
        return tr(
            "What answers at the server's address is not Earshot. The log-in page of a hotel or a train may stand "
            "between: open any page in a browser first. It is tried again by itself.");
    if (why.kind == ErrorKind::newerVersion)
        return tr("The server is a newer Earshot than this one understands. Update Earshot. Until then you can read, "
                  "and what you do is kept and sent later.");
    if (why.kind == ErrorKind::noKeychain)
        return tr(
            "Your log-in is being read from the keychain, which may want to be unlocked first. Until then you can "
            "read, and what you do is kept and sent later.");
    if (why.kind == ErrorKind::certificate)
        return ErrorText::of(why) + QLatin1Char(' ') + tr("It is tried again by itself.");
    if (why.kind == ErrorKind::transient || why == Error())
        return tr("The server is not reached. It is tried again by itself.");
    // Also what keeps it from being written here, as a full disk.
    return ErrorText::of(why);
}

QString StatusControl::whyNotJoined(const Error &why)
{
    if (why == Error())
        return {};
    if (why.kind == ErrorKind::newerVersion)
        return ErrorText::ofAttempt(why);
    const QString known = why.kind == ErrorKind::transient ? ErrorText::knownReason(why.detail) : QString();
    return known.isEmpty() ? whyAway(why)
                           : whyAway(why) + QLatin1Char('\n') + known.front().toUpper() + known.sliced(1);
}

std::optional<StatusControl::Status> StatusControl::statusOfServer() const
{
    const DeskStatus now = m_desk.status();
    const QString asOf = whatIsHere(now);
    switch (now.kind) {
    case DeskStatus::Kind::here:
    case DeskStatus::Kind::current:
        break;
    case DeskStatus::Kind::joining:
        if (isKnown(now.asOf))
            return Status{
                tr("Fetching: %1 %").arg(percent(now)),
                tr("More of the workspace has come into sight, or is fetched in a newer form. What others do is "
                   "followed meanwhile.") +
                    QLatin1Char('\n') + asOf,
                Sign::busy};
        return Status{searchReach().isEmpty()
                          ? tr("Arriving: %1 %").arg(percent(now))
                          : tr("Arriving: %1 %").arg(percent(now)) + QStringLiteral(" · ") + searchReach(),
                      tr("The newest conversations arrive first; older ones follow while you work."), Sign::busy};
    case DeskStatus::Kind::catchingUp:
        return Status{now.behind > 0 ? tr("Catching up: %Ln change(s)", nullptr, int(now.behind)) : tr("Catching up…"),
                      asOf, Sign::busy};
    case DeskStatus::Kind::offline: {
        const bool isNetwork = now.why.kind == ErrorKind::transient;
        const QString detail =
            isNetwork && !now.why.detail.isEmpty() ? QLatin1Char('\n') + ErrorText::reason(now.why.detail) : QString();
        // Where joining is not finished, the words say how far it came instead.
        const QString since = isKnown(now.awaySince) && !isKnown(now.asOf)
                                  ? tr("Offline since %1.").arg(Wording::clockTime(now.awaySince)) + QLatin1Char('\n')
                                  : QString();
        return Status{offlineText(now), since + whyAway(now.why) + QLatin1Char('\n') + asOf + detail, Sign::trouble};
    }
    case DeskStatus::Kind::refused:
        return Status{now.why.kind == ErrorKind::authExpired    ? tr("Not logged in")
                      : now.why.kind == ErrorKind::newerVersion ? tr("Earshot is too old")
                                                                : tr("No way to the server"),
                      whyAway(now.why) + QLatin1Char('\n') + asOf, Sign::trouble};
    }
    return std::nullopt;
}

std::optional<StatusControl::Status> StatusControl::statusOfOutbox() const
{
    const auto held = m_desk.heldUp();
    if (!held)
        return std::nullopt;
    const QString why = OutboxWords::whyHeldUp(*held);
    if (held->why)
        return Status{tr("Sending is held up"), why, Sign::trouble};
    return Status{held->isFile ? tr("Sending a file…") : tr("Sending…"), why, Sign::busy};
}

StatusControl::Status StatusControl::status() const
{
    for (const auto &first : {statusOfServer(), statusOfOutbox()}) {
        if (first)
            return *first;
    }
    if (m_roster.isReadOnly())
        return {tr("Read only"), m_roster.whyReadOnly(), Sign::notice};
    if (m_desk.status().kind == DeskStatus::Kind::here && m_desk.workspace().isCourierOff())
        return {tr("Nothing is pulled or sent"),
                tr("This file was copied, moved or restored. Say first that it is the one to work with."),
                Sign::trouble};
    if (!m_setting.notListening.isEmpty())
        return {tr("Not listening"), m_setting.notListening, Sign::trouble};
    if (m_roster.isLoaded() && m_roster.channels().isEmpty() && !m_isPulling)
        return {tr("No channels"), tr("Connect a channel to begin."), Sign::notice};
    const Status ofChannels = statusOfChannels();
    const bool isTrouble = ofChannels.sign == Sign::trouble;
    if (isTrouble || m_desk.workspace().logBytes() <= m_setting.longLog) {
        if (isTrouble || m_reach.isWhole())
            return ofChannels;
        return {searchReach(), tr("Older messages are still being made searchable. You can work meanwhile."),
                Sign::busy};
    }
    if (m_isPulling)
        return ofChannels;
    return {
        tr("Much is not in the file yet"),
        tr("%1 wait in the log beside the workspace file. Something reads the workspace for a very long time, or the "
           "disk is full. Nothing is lost; starting Earshot again puts it right.")
            .arg(QLocale().formattedDataSize(m_desk.workspace().logBytes())),
        Sign::trouble};
}

/// Whether it was not asked yet for what came in while nobody listened. The courier does not wait for the window: it
/// may have asked before that was there.
bool StatusControl::isBehind(const ChannelRecord &channel) const
{
    // On a shared workspace that is the server's to catch up with, and to say. Nothing comes of one that is in
    // trouble, maybe for weeks.
    if (isShared())
        return channel.isBehind && !ErrorText::isTrouble(channel.health);
    if (!isKnown(channel.lastPullAt))
        return channel.health == Health::unknown;
    if (m_hasSlept)
        return channel.lastPullAt < m_setting.pause.heardAgain;
    return m_setting.pause.isLong() && channel.lastPullAt <= m_setting.pause.heardUntil;
}

int StatusControl::countBehind() const
{
    const QList<ChannelRecord> &channels = m_roster.channels();
    return int(std::count_if(channels.cbegin(), channels.cend(),
                             [this](const ChannelRecord &channel) { return isBehind(channel); }));
}

StatusControl::Status StatusControl::statusOfChannels() const
{
    QStringList troubled;
    for (const ChannelRecord &channel : m_roster.channels()) {
        if (ErrorText::isTrouble(channel.health))
            troubled.append((channel.name.isEmpty() ? channel.address : channel.name) + QStringLiteral(": ") +
                            ErrorText::of(channel.health));
    }
    QStringList lines;
    if (const Time last = newestPull(m_roster.channels()); isKnown(last))
        lines.append(tr("Last pull: %1").arg(Wording::clockTime(last)));
    if (const QString closed = pause(); !closed.isEmpty())
        lines.append(closed);
    const QString explanation = lines.join(QLatin1Char('\n'));
    if (m_isPulling)
        return {tr("Pulling…"), explanation, Sign::busy};
    if (!troubled.isEmpty())
        return {tr("%Ln channel(s) with trouble", nullptr, int(troubled.size())), troubled.join(QLatin1Char('\n')),
                Sign::trouble};
    if (!m_roster.isLoaded())
        return {tr("Catching up…"), explanation, Sign::busy};
    if (const int behind = countBehind(); behind > 0)
        return {tr("Catching up: %Ln channel(s)", nullptr, behind), explanation, Sign::busy};
    return {tr("Up to date"), explanation, Sign::done};
}

} // namespace Earshot
