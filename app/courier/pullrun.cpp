// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/pullrun.h"

#include "model/future.h"

#include <algorithm>

namespace Earshot {

namespace {

constexpr int mostPages = 2000;
constexpr qsizetype refreshChunk = 20;

} // namespace

PullRun::PullRun(What what, Connector &connector, Intake &intake, QObject *parent)
    : Run(parent)
    , m_what(what)
    , m_connector(connector)
    , m_intake(intake)
{
    m_report.channel = what.channel;
}

void PullRun::start()
{
    const auto position = m_intake.workspace().readNow<Position>(
        [channel = m_what.channel](Database &database) { return database.result(loadPosition(database, channel)); });
    if (!position) {
        endWith(position.error());
        return;
    }
    m_position = *position;
    m_hadMark = !m_position.mark.isEmpty();
    m_isFirst = !m_hadMark && m_position.walk.isEmpty();
    askForPage();
}

void PullRun::askForPage()
{
    whenDone(m_connector.pull(m_position), this, [this](const Result<Page> &page) { onPage(page); });
}

void PullRun::onPage(const Result<Page> &page)
{
    if (!page) {
        endWith(page.error());
        return;
    }
    if (!page->movedTo.isEmpty())
        static_cast<void>(m_intake.storeAddress(m_what.channel, page->movedTo));
    whenDone(m_intake.storePage(m_what.channel, *page), this,
             [this, page = *page](const Result<IngestReport> &stored) { onStored(stored, page); });
}

void PullRun::onStored(const Result<IngestReport> &stored, const Page &page)
{
    if (!stored) {
        endWith(stored.error());
        return;
    }
    m_report.messages += stored->messages;
    m_report.history += stored->history;
    m_report.changes += stored->changes;
    m_report.sent += stored->settled;
    m_isCutOff = m_isCutOff || page.isCutOff;
    if (stored->messages > 0)
        learnDates(page);
    m_askAgainIn = page.askAgainIn;
    m_withheld = page.withheld;
    if (stored->gap)
        m_gap = stored->gap;
    // A network that always says "more" must not hold the channel for ever; the walk goes on at the next pull.
    const bool goesOn = page.hasMore && page.next != m_position && ++m_pages < mostPages;
    m_position = page.next;
    if (goesOn)
        askForPage();
    else if (m_what.looksAgain)
        lookAgain();
    else
        end();
}

void PullRun::learnDates(const Page &page)
{
    for (const RemoteMessage &message : page.messages) {
        if (message.isOurs || message.isContext || !isKnown(message.sentAt))
            continue;
        m_earliest = isKnown(m_earliest) ? std::min(m_earliest, message.sentAt) : message.sentAt;
        m_latest = std::max({m_latest, message.sentAt, message.editedAt});
    }
}

std::optional<Duration> PullRun::datesOffset() const
{
    if (!isKnown(m_earliest))
        return std::nullopt;
    const Time now = m_intake.workspace().clock().now();
    if (m_earliest > now + std::chrono::hours(24))
        return m_earliest - now;
    // What is new since the last pull was not written before the channel's first one was to begin.
    return m_hadMark && m_latest < m_what.horizon ? m_latest - now : Duration(0);
}

void PullRun::lookAgain()
{
    const auto held = m_intake.newestMessages(m_what.channel, m_what.mostLookedAt);
    if (!held) {
        endWith(held.error());
        return;
    }
    for (const auto &[uri, remoteId] : *held)
        m_known.append({uri, remoteId, false});
    onRefreshed(Page());
}

void PullRun::onRefreshed(const Result<Page> &page)
{
    if (!page) {
        endWith(page.error());
        return;
    }
    if (!page->messages.isEmpty() || !page->changes.isEmpty()) {
        whenDone(m_intake.storeMessages(m_what.channel, *page), this, [this](const Result<IngestReport> &stored) {
            if (!stored) {
                endWith(stored.error());
                return;
            }
            m_report.messages += stored->messages;
            m_report.history += stored->history;
            m_report.changes += stored->changes;
            onRefreshed(Page());
        });
        return;
    }
    if (m_known.isEmpty()) {
        end();
        return;
    }
    const QList<KnownMessage> chunk = m_known.first(std::min(refreshChunk, m_known.size()));
    m_known.remove(0, chunk.size());
    whenDone(m_connector.refresh(chunk), this, [this](const Result<Page> &next) { onRefreshed(next); });
}

} // namespace Earshot
