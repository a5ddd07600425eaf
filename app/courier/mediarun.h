// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "courier/run.h"
#include "desk/intake.h"
#include "networks/http.h"

#include <QSet>

namespace Earshot {

/// Fetches pictures of a channel's newest messages into WORKSPACE.media/, a few at a time: previews, from the channel's
/// own network only, PNG, JPEG, GIF or WebP by their first bytes, with a limit each. What cannot be had is left as its
/// description. Lives on the network thread.
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
    /// @param given media that are not to be tried again in this process; what fails is added
    MediaRun(What what, HttpTransport &http, Intake &intake, QSet<qint64> &given, QObject *parent);

    void start() override;

private:
    void fetchNext();
    void onAnswer(const MediaToFetch &media, const Result<HttpAnswer> &answer);
    [[nodiscard]] bool isOwnNetwork(const QUrl &url) const;

    What m_what;
    HttpTransport &m_http;
    Intake &m_intake;
    QSet<qint64> &m_given;
    QList<MediaToFetch> m_left;
};

/// Whether bytes begin as a picture does that the desk shows.
[[nodiscard]] bool isPicture(const QByteArray &bytes);

} // namespace Earshot
