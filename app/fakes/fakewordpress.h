// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakenetwork.h"
#include "fakes/fakewordpressdata.h"

#include <QMap>
#include <QUrlQuery>

namespace Earshot {

/// A WordPress 6 site as its REST interface behaves: posts and pages, visitors' and users' comments, moderation,
/// application passwords, the refusal of duplicates, pretty links or plain ones. Wrong passwords are anonymous on
/// public routes, unknown status words change nothing, a parent that does not exist is accepted: as the real one.
class FakeWordPress final : public FakeNetwork
{
public:
    /// @param clock gives new comments their dates; outlives the fake.
    FakeWordPress(QString host, const Clock &clock);

    [[nodiscard]] QStringList hosts() const override { return {m_host}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override;

    // The site's switches.
    void setPretty(bool isPretty) { m_isPretty = isPretty; }             ///< "/wp-json/" or "?rest_route="
    void setLinked(bool isLinked) { m_isLinked = isLinked; }             ///< pages name the interface
    void setModerated(bool isModerated) { m_isModerated = isModerated; } ///< visitors' comments are held
    void setTotals(bool hasTotals) { m_hasTotals = hasTotals; }          ///< false: a proxy takes X-WP-Total away
    void setDown(bool isDown) { m_isDown = isDown; }                     ///< maintenance: 503 for everything
    /// Sites over plain http and some plugins offer none.
    void setOffersPasswords(bool offers) { m_offersPasswords = offers; }
    /// A plugin that shows the interface only to who is signed in.
    void setClosed(bool isClosed) { m_isClosed = isClosed; }
    /// What a broken plugin prints before, and another one after every answer of the interface.
    void setNoise(const QByteArray &before, const QByteArray &after) { m_noise = {before, after}; }
    /// The next POST of a comment stores it, then answers this status without a body that WordPress would send.
    void breakAfterNextComment(int status) { m_breakAfterComment = status; }
    /// A plugin that writes its own text into every new comment's user agent.
    void setReplacesUserAgent(bool replaces) { m_replacesUserAgent = replaces; }

    // People.
    qint64 addUser(const QString &login, const QString &name, const QString &role, const QString &password);
    void revokePassword(qint64 user) { m_users[user].password.clear(); }
    qint64 addPost(const QString &title, const QString &type = QStringLiteral("post"), bool isPublic = true);
    void closePost(qint64 post) { m_posts[post].isOpen = false; }

    // What happens on the site, seen from outside of the interface.
    qint64 visitorComment(qint64 post, const QString &name, const QString &text, qint64 parent = 0);
    qint64 userComment(qint64 user, qint64 post, const QString &text, qint64 parent = 0);
    qint64 pingback(qint64 post, const QString &title, const QString &url);
    void setStatus(qint64 comment, const QString &statusWord);
    void edit(qint64 comment, const QString &text) { m_comments[comment].raw = text; }
    void setDate(qint64 comment, Time date) { m_comments[comment].createdAt = date; }
    /// For good: its answers move to its parent.
    void remove(qint64 comment);

    [[nodiscard]] const QMap<qint64, FakeWordPressComment> &comments() const { return m_comments; }

private:
    struct Call
    {
        QByteArray method;
        QString route;
        QUrlQuery query;
        QJsonObject body;
        const FakeWordPressUser *user = nullptr;
        bool wantsEdit = false;

        [[nodiscard]] QString value(const char *name) const;
        [[nodiscard]] bool mayEdit() const { return user && user->isEditor(); }
    };

    [[nodiscard]] QUrl home() const;
    [[nodiscard]] QUrl root() const;
    [[nodiscard]] QString routeOf(const QUrl &url) const;
    [[nodiscard]] const FakeWordPressUser *userOf(const HttpRequest &request) const;
    [[nodiscard]] HttpAnswer page(const QUrl &url) const;
    [[nodiscard]] HttpAnswer route(const Call &call);
    [[nodiscard]] HttpAnswer index() const;
    [[nodiscard]] HttpAnswer me(const Call &call) const;
    [[nodiscard]] HttpAnswer listComments(const Call &call) const;
    [[nodiscard]] bool isListed(const FakeWordPressComment &comment, const Call &call) const;
    [[nodiscard]] HttpAnswer oneComment(const Call &call, qint64 id);
    [[nodiscard]] HttpAnswer createComment(const Call &call);
    [[nodiscard]] bool isDuplicate(const FakeWordPressComment &comment) const;
    [[nodiscard]] HttpAnswer listPosts(const Call &call, const QString &restBase) const;
    [[nodiscard]] QJsonObject toJson(const FakeWordPressComment &comment, bool mayEdit) const;
    qint64 store(FakeWordPressComment comment);

    const QString m_host;
    const Clock &m_clock;
    bool m_isPretty = true;
    bool m_isLinked = true;
    bool m_isModerated = false;
    bool m_hasTotals = true;
    bool m_isDown = false;
    bool m_offersPasswords = true;
    bool m_replacesUserAgent = false;
    bool m_isClosed = false;
    std::pair<QByteArray, QByteArray> m_noise;
    int m_breakAfterComment = 0;
    qint64 m_lastId = 0;
    qint64 m_lastComment = 0;
    QMap<qint64, FakeWordPressUser> m_users;
    QMap<qint64, FakeWordPressPost> m_posts;
    QMap<qint64, FakeWordPressComment> m_comments;
};

} // namespace Earshot
