// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakenetwork.h"
#include "model/words.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QSet>
#include <QStringList>
#include <QUrlQuery>

#include <functional>
#include <optional>

namespace Earshot {

/// A server with the Mastodon client API, in memory: people, posts, notifications, reactions, media, sign-in. Where
/// real servers differ it behaves as the one that its dialect names. Its time stands still but for one second a post,
/// so that a run is reproducible.
class FakeMastodon final : public FakeNetwork
{
public:
    enum class Dialect { mastodon, goToSocial, hollo, snac };

    /// How a post is made; the defaults make a public post of its own.
    struct Manner
    {
        Visibility visibility = Visibility::everyone;
        QString inReplyTo{}; ///< id of a post
        QString contentWarning{};
        Time createdAt{};   ///< now unless set
        QStringList poll{}; ///< options
        QString quoteOf{};  ///< id of a post
        QString language{QStringLiteral("en")};
    };

    explicit FakeMastodon(QString host = QStringLiteral("social.example"), Dialect dialect = Dialect::mastodon);

    [[nodiscard]] QStringList hosts() const override { return {m_host}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override;

    // Set up.
    /// A local person; "name@elsewhere" makes a remote one. The token is "token-name".
    void addPerson(const QString &name, const QString &displayName = {});
    void setFollowers(const QString &name, int count);
    [[nodiscard]] static QByteArray tokenOf(const QString &name) { return "token-" + name.toUtf8(); }
    [[nodiscard]] QString idOf(const QString &name) const;
    void setTime(Time now) { m_now = now; }
    [[nodiscard]] Time time() const { return m_now; }
    void setMaxCharacters(int count) { m_maxCharacters = count; }
    /// Lists hold no more at a time, whatever is asked for.
    void setLargestPage(int lines) { m_largestPage = lines; }
    /// From now on this many requests are answered, then 429 until `reset`.
    void setLimit(int remaining, Time reset);
    /// Idempotency keys honoured or not; the dialect's habit unless set.
    void setHonoursKeys(bool honours) { m_honoursKeys = honours; }
    /// Media are worked through for this many questions before they can be used.
    void setMediaDelay(int polls) { m_mediaDelay = polls; }
    /// Larger uploads are answered 413.
    void setLargestUpload(qsizetype bytes) { m_largestUpload = bytes; }
    /// Media that no post has taken are gone.
    void forgetMedia() { m_media.clear(); }
    /// Answers say what time it is here.
    void setTellsDate() { m_tellsDate = true; }
    void revokeToken(const QString &name) { m_revoked.insert(name); }
    /// Scopes that tokens lack: the calls named by a part of their path answer 403.
    void forbid(const QString &partOfPath) { m_forbidden = partOfPath; }
    /// What becomes of mentions by whom the account does not know: "accept", "filter" or "drop" for a rule of the
    /// notification policy ("for_not_following"). Drops all mentions by others when it says "drop".
    void setPolicy(const QString &rule, const QString &decision) { m_policy.insert(rule, decision); }
    /// A filter of the account's, as the API tells it.
    void addFilter(const QJsonObject &filter) { m_filters.append(filter); }
    /// The next this many questions for a thread are told that it is still being fetched; `arrival` brings the rest
    /// after the last of them.
    void setFetching(int questions, std::function<void()> arrival);
    /// Called at each request, before it is answered: for what happens meanwhile.
    void setMeanwhile(std::function<void(const HttpRequest &)> happening) { m_meanwhile = std::move(happening); }

    // What people do. Posts are known by their id, which is answered.
    QString post(const QString &author, const QString &text, const Manner &manner);
    QString post(const QString &author, const QString &text) { return post(author, text, Manner()); }
    void edit(const QString &id, const QString &text);
    void remove(const QString &id);
    void like(const QString &person, const QString &id);

    // What tests look at.
    [[nodiscard]] QStringList postsOf(const QString &author) const; ///< ids of live posts, oldest first
    [[nodiscard]] QString textOfPost(const QString &id) const;
    [[nodiscard]] QString uriOf(const QString &id) const;
    [[nodiscard]] QString parentOf(const QString &id) const;
    [[nodiscard]] QString authorOf(const QString &id) const;
    [[nodiscard]] QString languageOf(const QString &id) const;
    [[nodiscard]] Visibility visibilityOf(const QString &id) const;
    [[nodiscard]] QString contentWarningOf(const QString &id) const;
    [[nodiscard]] QStringList mediaDescriptionsOf(const QString &id) const;
    [[nodiscard]] int likes(const QString &id) const;
    [[nodiscard]] int boosts(const QString &id) const;
    /// What the browser is sent to after the person said yes or no on the page of the sign-in.
    [[nodiscard]] QUrl decideInBrowser(const QUrl &page, const QString &person, bool isAllowed = true);
    /// The code shown to a person whose sign-in is out of band.
    [[nodiscard]] QString codeFor(const QUrl &page, const QString &person);

private:
    struct Person
    {
        QString name;
        QString displayName;
        QString id;
        int followers = 0;
    };
    struct Post
    {
        QString id;
        QString uri;
        QString author;
        QString text;
        Manner manner;
        Time createdAt;
        Time editedAt;
        bool isDeleted = false;
        QSet<QString> likedBy;
        QStringList boostedBy;
        QStringList mentions;
        QStringList media;
    };
    struct Notification
    {
        QString id;
        QString to;
        QString type;
        QString from;
        QString postId;
        Time createdAt;
    };
    struct Medium
    {
        QString type;
        QString description;
        int pollsLeft = 0;
    };
    struct App
    {
        QString secret;
        QString redirectUri;
        QString scopes;
    };
    struct Grant
    {
        QString person;
        QString clientId;
        QByteArray challenge;
    };
    struct Call
    {
        QByteArray method;
        QStringList path;
        QUrlQuery query;
        QUrl url;
        QJsonObject body;
        QUrlQuery form;
        QByteArray key;
        QString viewer; ///< empty: not signed in
    };
    /// One line of a list that is paged: newest first.
    struct Line
    {
        QString id;
        std::function<QJsonObject()> json;
        Time createdAt;
    };

    [[nodiscard]] HttpAnswer route(const Call &call, const HttpRequest &request);
    [[nodiscard]] HttpAnswer onStatuses(const Call &call, const HttpRequest &request);
    [[nodiscard]] HttpAnswer onAccounts(const Call &call);
    [[nodiscard]] HttpAnswer onMedia(const Call &call, const HttpRequest &request);
    [[nodiscard]] HttpAnswer onOauth(const Call &call);
    [[nodiscard]] HttpAnswer publish(const Call &call);
    [[nodiscard]] HttpAnswer react(const Call &call, Post &post);
    [[nodiscard]] HttpAnswer notifications(const Call &call) const;
    [[nodiscard]] HttpAnswer context(const Post &post, const QString &viewer);
    [[nodiscard]] HttpAnswer onSettings(const QString &path) const;
    [[nodiscard]] HttpAnswer page(const Call &call, const QList<Line> &lines, bool isNotifications) const;
    [[nodiscard]] HttpAnswer timeline(const Call &call, const std::function<bool(const Post &)> &wants) const;
    [[nodiscard]] HttpAnswer answerJson(int status, const QJsonValue &body) const;
    [[nodiscard]] HttpAnswer answerError(int status, const QString &text) const;
    [[nodiscard]] HttpAnswer missing() const;
    [[nodiscard]] QJsonObject instance(bool isV2) const;
    [[nodiscard]] QJsonObject accountJson(const QString &name) const;
    [[nodiscard]] QJsonObject statusJson(const Post &post, const QString &viewer) const;
    [[nodiscard]] QJsonObject contextJson(const Post &post, const QString &viewer) const;
    [[nodiscard]] QString htmlOf(const Post &post) const;
    [[nodiscard]] bool isVisible(const Post &post, const QString &viewer) const;
    [[nodiscard]] const Post *find(const QString &id) const;
    [[nodiscard]] Post *find(const QString &id);
    [[nodiscard]] QList<size_t> repliesTo(const QString &id) const; ///< oldest first
    [[nodiscard]] QString makeId();
    void notify(const QString &to, const QString &type, const QString &from, const Post &post);
    [[nodiscard]] QStringList namesIn(const QString &text) const;
    [[nodiscard]] QStringList tagsIn(const QString &text) const;

    QString m_host;
    Dialect m_dialect;
    Time m_now = timeFromMs(1'780'000'000'000);
    int m_serial = 0;
    int m_maxCharacters = 500;
    int m_largestPage = 80;
    int m_mediaDelay = 0;
    qsizetype m_largestUpload = 40'000'000;
    int m_remaining = -1;
    Time m_reset;
    bool m_honoursKeys = false;
    bool m_tellsDate = false;
    QString m_forbidden;
    QSet<QString> m_revoked;
    QList<Person> m_people;
    QHash<QString, qsizetype> m_personAt; ///< by name
    std::vector<Post> m_posts;            ///< oldest first
    QHash<QString, size_t> m_postAt;      ///< by id
    QMultiHash<QString, size_t> m_repliesTo;
    QList<Notification> m_notifications;
    QHash<QString, int> m_serialOf; ///< of every id that ever was: paging survives deletions
    QHash<QString, Medium> m_media;
    QHash<QString, QString> m_postOfKey;
    QHash<QString, App> m_apps;
    QHash<QString, Grant> m_grants;
    std::function<void(const HttpRequest &)> m_meanwhile;
    QHash<QString, QString> m_policy;
    QList<QJsonObject> m_filters;
    int m_fetching = 0;
    std::function<void()> m_arrival;
};

} // namespace Earshot
