// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/awaycontrol.h"

#include "ui/shell/commandregistry.h"
#include "ui/shell/roster.h"
#include "ui/shell/whendone.h"
#include "ui/window/awaydialog.h"
#include "ui/window/presencecontrol.h"

#include <QWidget>

#include <utility>

namespace Earshot {

namespace {

const QString setting = QStringLiteral("lastPresence");
constexpr auto tickEvery = std::chrono::minutes(1);
/// An input that is remembered later than this may have been followed by an absence.
constexpr Duration longestPutOff = 2 * tickEvery;
/// So long after somebody came back what arrives may still be of before: the machine has slept.
constexpr Duration catchingUp = std::chrono::minutes(5);

} // namespace

AwayControl::AwayControl(Desk &desk, const Roster &roster, const PresenceControl &presence, QWidget *window)
    : QObject(window)
    , m_desk(desk)
    , m_roster(roster)
    , m_presence(presence)
    , m_window(window)
    , m_tick(this)
{
    if (desk.status().kind == DeskStatus::Kind::here)
        return;
    m_tick.setObjectName(QStringLiteral("awayTick"));
    m_tick.start(tickEvery);
    connect(&m_tick, &QTimer::timeout, this, &AwayControl::look);
    connect(&presence, &PresenceControl::cameBack, this, &AwayControl::look);
    connect(&desk, &Desk::statusChanged, this, &AwayControl::onStatus);
    load();
}

void AwayControl::addCommands(CommandRegistry &commands)
{
    if (m_desk.status().kind == DeskStatus::Kind::here)
        return;
    Command show;
    show.id = QStringLiteral("away.show");
    show.text = tr("&While you were away…");
    show.run = [this] { showNews(); };
    commands.add(std::move(show));
}

void AwayControl::load()
{
    const auto stored = m_desk.workspace().read<QString>(
        [me = m_desk.me()](Database &database) { return loadSetting(database, me, setting); });
    whenDone(stored, this, [this](const Result<QString> &text) {
        m_last = LastPresence::fromText(text.value_or(QString()));
        m_isLoaded = true;
        look();
    });
}

void AwayControl::onStatus()
{
    const bool isFresh = isKnown(m_backAt) && m_desk.workspace().clock().now() - m_backAt < catchingUp;
    if (m_desk.status().kind != DeskStatus::Kind::current) {
        m_isBehind = m_isBehind || isFresh;
        return;
    }
    // However long the server is away now.
    if (std::exchange(m_isBehind, false) || isFresh)
        lookBack();
    look();
}

void AwayControl::look()
{
    const Time input = m_presence.lastInput();
    const bool isSomebodyHere = !isKnown(m_last.at) || input > m_last.at;
    if (!m_isLoaded || !isSomebodyHere || m_desk.status().kind != DeskStatus::Kind::current)
        return;
    if (isKnown(m_last.at) && input - m_last.at >= longAbsence) {
        m_since = m_last;
        m_backAt = input;
        m_told = 0;
        lookBack();
    }
    remember(input);
}

void AwayControl::remember(Time at)
{
    const bool isFirst = !isKnown(std::exchange(m_last.at, at));
    // The lid was shut, or the line cut, right after it: what came into the journal since was seen by nobody.
    if (!isFirst && m_desk.workspace().clock().now() - at > longestPutOff) {
        m_desk.saveSetting(setting, m_last.toText());
        return;
    }
    whenDone(m_desk.workspace().read<LastPresence>(newestJournalLine), this, [this](const Result<LastPresence> &line) {
        if (!line)
            return;
        m_last.journal = line->journal;
        m_last.lineAt = line->lineAt;
        m_desk.saveSetting(setting, m_last.toText());
    });
}

void AwayControl::lookBack()
{
    const auto found =
        m_desk.workspace().read<AwayNews>([me = m_desk.me(), since = m_since, now = m_desk.workspace().clock().now()](
                                              Database &database) { return loadAwayNews(database, me, since, now); });
    whenDone(found, this, [this](const Result<AwayNews> &news) {
        const qsizetype count = news ? news->conversations() : 0;
        if (count <= std::exchange(m_told, std::max(m_told, count)))
            return;
        // Of what is cut there are more.
        Q_EMIT newsFound(
            news->isCut
                ? tr("While you were away something was done with %Ln or more of your conversations.", nullptr,
                     int(count))
                : tr("While you were away something was done with %Ln of your conversations.", nullptr, int(count)));
    });
}

void AwayControl::showNews()
{
    auto *dialog = new AwayDialog(m_desk, m_roster, m_since, m_window);
    connect(dialog, &AwayDialog::conversationAsked, this, &AwayControl::conversationAsked);
    dialog->open();
}

} // namespace Earshot
