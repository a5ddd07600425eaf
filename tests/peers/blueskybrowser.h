// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QUrl>

namespace Earshot {

/// A person's browser at the real sign-in pages of a server of the AT Protocol: carries cookies and says what kind of
/// request each is, as those pages demand. Lives on the test's thread.
class BlueskyBrowser
{
public:
    /// Opens the page that the program named, signs in and allows what is asked for.
    /// @return where the browser is sent in the end; empty when something failed, see problem()
    [[nodiscard]] QUrl allow(const QUrl &page, const QString &handle, const QString &password);
    /// The same, but the person refuses.
    [[nodiscard]] QUrl deny(const QUrl &page);
    [[nodiscard]] QString problem() const { return m_problem; }

private:
    struct Answer
    {
        int status = 0;
        QUrl location;
        QByteArray body;
    };
    [[nodiscard]] Answer send(QNetworkRequest request, const QByteArray &body);
    [[nodiscard]] bool open(const QUrl &page);
    /// A call of the page's own script.
    [[nodiscard]] QJsonObject call(const char *name, const QJsonObject &body, const QByteArray &token = {});
    [[nodiscard]] QUrl follow(const QJsonObject &answer);

    QNetworkAccessManager m_network;
    QHash<QByteArray, QByteArray> m_cookies;
    QUrl m_page;
    QString m_problem;
};

} // namespace Earshot
