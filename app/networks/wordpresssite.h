// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/connector.h"
#include "networks/registry.h"
#include "networks/wordpressrest.h"

#include <QJsonObject>

#include <functional>
#include <vector>

namespace Earshot {

/// Speaks to one WordPress site's REST interface: knows its address, who we are there, and where the interface lives,
/// which it learns from the site before the first call and again when the routes have moved. Lives on the network
/// thread; when it dies, callbacks that wait are dropped uncalled. Callbacks come from the event loop, each once.
class WordPressSite final : public QObject
{
    Q_OBJECT

public:
    using Then = std::function<void(Result<RestAnswer>)>;
    using ThenHttp = std::function<void(Result<HttpAnswer>)>;
    using ThenRoot = std::function<void(Result<QUrl>)>;
    using ThenUser = std::function<void(Result<qint64>)>;

    WordPressSite(ChannelAccess access, NetworkSetting setting, QObject *parent);

    [[nodiscard]] const ChannelAccess &access() const { return m_access; }
    /// The address that everything is named by; empty when the channel's address is none.
    [[nodiscard]] const QUrl &base() const { return m_base; }
    [[nodiscard]] bool isSignedIn() const { return !m_access.user.isEmpty() && !m_access.secret.isEmpty(); }
    [[nodiscard]] Time now() const { return m_setting.clock->now(); }
    /// The root once it is known.
    [[nodiscard]] const QUrl &root() const { return m_root; }

    /// A read. Signed in, it asks for the edit context unless the query names one: without it a wrong password goes
    /// unnoticed, as public routes answer 200 to anybody.
    void get(const QString &route, RestQuery query, Then then);
    /// The index of the interface (the site's name, its ways to sign in), which has no contexts.
    void getIndex(Then then);
    /// A change: sent at most once. The plain answer, because what an error means depends on what was wanted.
    void post(const QString &route, const QJsonObject &body, ThenHttp then);
    /// Our own user's number, asked for once; 0 when nobody is signed in.
    void withUser(ThenUser then);

private:
    void withRoot(ThenRoot then);
    void learnRoot();
    void tryRoots(QList<QUrl> candidates, Error whenNone);
    void rootLearnt(const Result<QUrl> &root);
    void send(HttpRequest request, ThenHttp then);
    void read(const QUrl &url, Then then);
    /// True when signing in at `root` would show the password to a stranger or in the open.
    [[nodiscard]] bool isStrange(const QUrl &root, const QUrl &page) const;
    void forgetRootIfMoved(const HttpAnswer &answer);

    const ChannelAccess m_access;
    const NetworkSetting m_setting;
    const QUrl m_base;
    QUrl m_root;
    qint64 m_user = 0;
    std::vector<ThenRoot> m_waiting;
};

} // namespace Earshot
