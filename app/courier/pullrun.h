// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/run.h"
#include "desk/intake.h"
#include "networks/connector.h"

namespace Earshot {

/// One pull of one channel: pages until the walk meets the mark, each stored with its position in one transaction; then
/// what is held is looked at again for edits and deletions. Lives on the network thread; ends exactly once, with its
/// report, and then deletes itself.
class PullRun final : public Run
{
    Q_OBJECT

public:
    struct What
    {
        ChannelId channel;
        Time horizon;           ///< of the channel's first pull
        bool looksAgain = true; ///< also refresh what is held
        int mostLookedAt = 200; ///< how many of the newest
    };
    PullRun(What what, Connector &connector, Intake &intake, QObject *parent);

    void start() override;
    /// What the last page wished for: not to be asked again before; 0 = no wish.
    [[nodiscard]] Duration askAgainIn() const { return m_askAgainIn; }
    [[nodiscard]] const std::optional<std::pair<Time, Time>> &gap() const { return m_gap; }
    [[nodiscard]] const QString &withheld() const { return m_withheld; }
    [[nodiscard]] bool hasNew() const { return m_report.messages > 0; }
    /// The channel's first pull, and there was nothing new enough.
    [[nodiscard]] bool isEmptyFirst() const { return m_isFirst && m_report.messages == 0; }
    [[nodiscard]] bool isCutOff() const { return m_isCutOff; }
    /// How far the dates of all that was new are off at least, ahead of ours counted positive; 0 = they are credible.
    /// Nothing when nothing new had a date.
    [[nodiscard]] std::optional<Duration> datesOffset() const;

private:
    void askForPage();
    void onPage(const Result<Page> &page);
    void onStored(const Result<IngestReport> &stored, const Page &page);
    void learnDates(const Page &page);
    void lookAgain();
    void onRefreshed(const Result<Page> &page);

    What m_what;
    Connector &m_connector;
    Intake &m_intake;
    Position m_position;
    QList<KnownMessage> m_known;
    Duration m_askAgainIn{0};
    std::optional<std::pair<Time, Time>> m_gap;
    QString m_withheld;
    bool m_isCutOff = false;
    bool m_hadMark = false;
    bool m_isFirst = false; ///< nothing was ever read of the channel
    Time m_earliest;        ///< of the dates of what was new
    Time m_latest;
    int m_pages = 0;
};

} // namespace Earshot
