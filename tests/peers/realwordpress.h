// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/networktransport.h"

#include <QJsonObject>

namespace Earshot {

/// The real WordPress that tests/peers/wordpress/run started, as its visitors see and change it. Lives on the test's
/// thread.
class RealWordPress
{
public:
    /// Reads the description named by EARSHOT_WORDPRESS_SITE. @return whether there is one
    [[nodiscard]] bool load();

    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QString user() const;
    [[nodiscard]] QByteArray password() const;
    /// As the form on the site's page does it; the comment's number, 0 when it was not taken.
    qint64 visitorComment(const QString &name, const QString &text);
    /// How often the public page of the post shows this text.
    [[nodiscard]] int timesOnPage(const QString &text);

private:
    [[nodiscard]] HttpAnswer exchange(const HttpRequest &request);

    NetworkTransport m_transport;
    QJsonObject m_site;
    QUrl m_url;
};

} // namespace Earshot
