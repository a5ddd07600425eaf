// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/preview.h"
#include "courier/run.h"
#include "desk/intake.h"
#include "networks/http.h"

#include <QSet>
#include <QThreadPool>

namespace Earshot {

/// Fetches pictures of a channel's newest messages, a few at a time, from the channel's own network only, with a limit
/// each, and keeps a preview of each in WORKSPACE.media/ (see makePreview). What cannot be had is left as its
/// description. Lives on the network thread; draws on another.
class MediaRun final : public Run
{
    Q_OBJECT

public:
    struct What
    {
        ChannelId channel;
        Network network = Network::feed;
        QUrl home; ///< the channel's server
    };
    /// @param drawing where previews are drawn, one at a time; outlives the run
    /// @param given media that are not to be tried again in this process; what fails is added
    MediaRun(What what, HttpTransport &http, Intake &intake, QThreadPool &drawing, QSet<qint64> &given,
             QObject *parent);

    void start() override;
    /// Others wait for their turn: ends after the picture under way. What is left comes with a later run.
    void endSoon() { m_left.clear(); }

private:
    struct Kept
    {
        QString hash;
        QSize original;
    };
    [[nodiscard]] static Result<Kept> keepPreview(const QString &folder, const QByteArray &file);
    void fetchNext();
    void onAnswer(const MediaToFetch &media, const Result<HttpAnswer> &answer);
    void onKept(const MediaToFetch &media, const Result<Kept> &kept);
    [[nodiscard]] bool isOwnNetwork(const QUrl &url) const;

    What m_what;
    HttpTransport &m_http;
    Intake &m_intake;
    QThreadPool &m_drawing;
    QSet<qint64> &m_given;
    QList<MediaToFetch> m_left;
};

} // namespace Earshot
