// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakeblueskychat.h"
#include "fakes/fakeblueskyoauth.h"
#include "fakes/fakenetwork.h"
#include "model/time.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QSet>
#include <QStringList>
#include <QUrlQuery>

#include <functional>
#include <optional>
#include <vector>

namespace Earshot {

/// The Bluesky network in memory: one personal data server, the AppView behind it and as the public sees it, and the
/// directory. Answers as the real services do, also where that is odd (ExpiredToken with 400, cursors that lose what
/// shares a millisecond, posts filed in the past, createRecord's 500 for a taken key). Its time stands still but for
/// one second a post, so that a run is reproducible.
class FakeBluesky final : public FakeNetwork
{
public:
    /// How a post is made; the defaults make a post of its own.
    struct Manner
    {
        QString inReplyTo{}; ///< uri of a post
        QString quoteOf{};   ///< uri of a post
        Time createdAt{};    ///< what its author's clock says; now unless set
        QString language{QStringLiteral("en")};
        QStringList labels{};
        QJsonObject embed{};  ///< of the record; its view is made of it
        QJsonArray facets{};  ///< instead of those found in the text
        bool isGated = false; ///< nobody may answer it
    };

    /// @param domain what handles end with; the host unless given
    explicit FakeBluesky(QString host = QStringLiteral("pds.example"), const QString &domain = {});

    [[nodiscard]] QStringList hosts() const override;
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override;

    // Set up.
    /// "mira" makes @mira.pds.example, whose app password is passwordOf("mira").
    void addPerson(const QString &name, const QString &displayName = {});
    void setFollowers(const QString &name, int count);
    [[nodiscard]] static QByteArray passwordOf(const QString &name) { return "app-pass-" + name.toUtf8(); }
    [[nodiscard]] QString didOf(const QString &name) const;
    [[nodiscard]] QString handleOf(const QString &name) const;
    void setTime(Time now) { m_now = now; }
    [[nodiscard]] Time time() const { return m_now; }
    /// How far the time goes on with each post.
    void setStep(Duration step) { m_step = step; }
    /// Every access token is expired from now on; the next ones are not.
    void expireTokens();
    /// No token is worth anything any more, and neither is the password of this person.
    void revoke(const QString &name);
    /// Ends every session; passwords still work.
    void endSessions();
    /// Writing goes on, reading answers 502.
    void setAppViewDown(bool isDown) { m_isAppViewDown = isDown; }
    /// From now on this many requests are answered, then 429 until `reset`.
    void setLimit(int remaining, Time reset);
    /// From now on each account's writing costs points (createRecord 3, putRecord 2, deleteRecord 1), so many an hour
    /// and a day; answers to it tell of whichever limit is nearest.
    void setWriteLimits(int perHour, int perDay);
    /// The sign-in by browser.
    [[nodiscard]] FakeBlueskyOAuth &signIns() { return m_oauth; }
    /// Direct messages; times are those of time().
    [[nodiscard]] FakeBlueskyChat &chat() { return m_chat; }
    QString writeTo(const QString &from, const QString &to, const QString &text);
    /// Whether app passwords may use direct messages; else only a sign-in by browser.
    void setPrivileged(bool isPrivileged) { m_isPrivileged = isPrivileged; }
    void setChatDown(bool isDown) { m_isChatDown = isDown; }
    /// Answers say what time it is here.
    void setTellsDate() { m_tellsDate = true; }
    /// Somebody at the page that the program asked to open. @return where the browser goes then
    [[nodiscard]] QUrl decideInBrowser(const QUrl &page, const QString &name, bool isAllowed = true)
    {
        return m_oauth.decideInBrowser(page, didOf(name), isAllowed);
    }
    /// Whether strangers may search.
    void setOpenSearch(bool isOpen) { m_isSearchOpen = isOpen; }
    void block(const QString &blocker, const QString &blocked);
    void follow(const QString &who, const QString &whom);
    enum class Standing { active, deactivated, takenDown };
    void setStanding(const QString &name, Standing standing);
    /// Notifications come whatever reasons are asked for.
    void setIgnoresReasons() { m_ignoresReasons = true; }
    /// Calls of this method are refused so from now on, before anything is done.
    void refuse(const QByteArray &method, int status, const QByteArray &body) { m_refusal = {method, status, body}; }
    /// The account's own setting: whether it is told only of those whom it follows, unless a request says otherwise.
    void setPriority(const QString &name, bool isOn);
    /// Mutes all who are on a list, or blocks them: what they write makes no notification.
    void hideList(const QString &name, const QString &list, const QStringList &members, bool isBlock = false);
    /// Called at each request, before it is answered: for what happens meanwhile.
    void setMeanwhile(std::function<void(const HttpRequest &)> happening) { m_meanwhile = std::move(happening); }

    // What people do. Posts are known by their uri, which is answered.
    QString post(const QString &author, const QString &text, const Manner &manner);
    QString post(const QString &author, const QString &text) { return post(author, text, Manner()); }
    void edit(const QString &uri, const QString &text);
    void remove(const QString &uri);
    /// Any record, as another program of that person's puts it, whatever stood there.
    void write(const QString &name, const QString &collection, const QString &key, const QJsonObject &record)
    {
        notifyOfReaction(store(didOf(name), collection, key, record));
    }

    // What tests look at.
    [[nodiscard]] QStringList postsOf(const QString &author) const; ///< uris of live posts, oldest first
    [[nodiscard]] QJsonObject recordOf(const QString &uri) const;   ///< empty when there is none
    [[nodiscard]] QString textOfPost(const QString &uri) const;
    [[nodiscard]] QString cidOf(const QString &uri) const;
    [[nodiscard]] int likes(const QString &uri) const;
    [[nodiscard]] int reposts(const QString &uri) const;
    [[nodiscard]] int logins() const { return m_logins; }
    [[nodiscard]] int refreshes() const { return m_refreshes; }
    /// Whether an account would be told of a post.
    [[nodiscard]] bool isNotified(const QString &name, const QString &uri) const;
    [[nodiscard]] QByteArray blob(const QString &link) const { return m_blobs.value(link).content; }

private:
    static constexpr QLatin1StringView postType{"app.bsky.feed.post"};
    static constexpr qsizetype blobUploadLimit = 5'242'880; ///< bytes

    struct Person
    {
        QString name;
        QString displayName;
        QString did;
        QString handle;
        int followers = 0;
        bool isRevoked = false;
        bool hasPriority = false;
        Standing standing = Standing::active;
    };
    struct Refusal
    {
        QByteArray method;
        int status = 0;
        QByteArray body;
    };
    /// Of one account's points: a stretch of time begins with the first point that is spent after the last one's end.
    struct Spending
    {
        Time ends;
        int points = 0;
    };
    struct WriteLimit
    {
        Duration length;
        int points = 0;
        QHash<QString, Spending> spent; ///< by DID
    };
    struct HiddenList
    {
        QString owner; ///< DID of who hides them
        QString name;
        QStringList members; ///< DIDs
        bool isBlock = false;
    };
    struct Record
    {
        QString uri;
        QString did;
        QString collection;
        QString key;
        QString cid;
        QJsonObject value;
        Time indexedAt; ///< the earlier of arrival and its own date: what lists are sorted by
        int serial = 0;
        bool isGated = false;
    };
    struct Blob
    {
        QString owner;
        QString type;
        QByteArray content;
    };
    struct Notification
    {
        QString to;
        QString uri;
        QString reason;
        QString subject;
        Time at;
    };
    struct Call
    {
        QByteArray method; ///< NSID
        QByteArray verb;
        QUrlQuery query;
        QJsonObject body;
        QByteArray raw;
        QByteArray type;
        QByteArray token;
        const HttpRequest *request = nullptr;
        QString viewer; ///< DID; empty: not signed in
    };

    [[nodiscard]] HttpAnswer route(Call &call, const HttpRequest &request);
    [[nodiscard]] HttpAnswer onDirectory(const HttpRequest &request) const;
    [[nodiscard]] HttpAnswer onServer(const Call &call);
    [[nodiscard]] HttpAnswer onRepo(const Call &call);
    [[nodiscard]] std::optional<HttpAnswer> misuse(const Call &call) const;
    [[nodiscard]] HttpAnswer getRecord(const Call &call) const;
    [[nodiscard]] HttpAnswer deleteSession(const Call &call);
    [[nodiscard]] HttpAnswer onApp(const Call &call) const;
    [[nodiscard]] HttpAnswer onChat(Call &call);
    [[nodiscard]] std::optional<HttpAnswer> authorise(Call &call) const;
    [[nodiscard]] HttpAnswer createSession(const Call &call);
    [[nodiscard]] HttpAnswer refreshSession(const Call &call);
    [[nodiscard]] HttpAnswer getSession(const Call &call) const;
    [[nodiscard]] HttpAnswer session(const Person &person);
    [[nodiscard]] QByteArray token(const Person &person, bool isRefresh);
    [[nodiscard]] HttpAnswer putRecord(const Call &call);
    [[nodiscard]] HttpAnswer deleteRecord(const Call &call);
    [[nodiscard]] bool spendPoints(const QString &did, int points);
    void tellPoints(HttpAnswer &answer, const QString &did) const;
    [[nodiscard]] HttpAnswer uploadBlob(const Call &call);
    [[nodiscard]] QString problemOf(const QString &did, const QJsonObject &record) const;
    [[nodiscard]] QString problemOfPost(const QString &did, const QJsonObject &record) const;
    [[nodiscard]] QString problemOfCard(const QString &did, const QJsonObject &card) const;
    [[nodiscard]] QString problemOfEmbed(const QString &did, const QJsonObject &embed) const;
    [[nodiscard]] HttpAnswer listNotifications(const Call &call) const;
    [[nodiscard]] bool isTold(const Notification &one, const QString &viewer, bool isPriority) const;
    [[nodiscard]] HttpAnswer hiddenLists(const Call &call, bool isBlock) const;
    [[nodiscard]] HttpAnswer getPostThread(const Call &call) const;
    [[nodiscard]] HttpAnswer getPosts(const Call &call) const;
    [[nodiscard]] HttpAnswer getProfile(const Call &call) const;
    [[nodiscard]] HttpAnswer getProfiles(const Call &call) const;
    /// With what only the whole profile tells.
    [[nodiscard]] QJsonObject wholeProfileJson(const Person &person, const QString &viewer) const;
    [[nodiscard]] HttpAnswer authorFeed(const Call &call) const;
    [[nodiscard]] HttpAnswer searchPosts(const Call &call) const;
    [[nodiscard]] bool isFound(const Record &post, const QString &query) const;
    [[nodiscard]] HttpAnswer page(const Call &call, QList<const Record *> posts, bool isFeed) const;
    [[nodiscard]] HttpAnswer answerJson(int status, const QJsonObject &body) const;
    [[nodiscard]] HttpAnswer answerError(int status, const char *error, const QString &message) const;
    [[nodiscard]] QJsonObject profileJson(const QString &did, const QString &viewer) const;
    [[nodiscard]] QJsonObject postJson(const Record &post, const QString &viewer) const;
    [[nodiscard]] QJsonObject embedJson(const QJsonObject &embed, const QString &did, int depth) const;
    [[nodiscard]] QJsonObject quoteJson(const QString &uri, int depth) const;
    [[nodiscard]] QJsonObject nodeJson(const QString &uri, const QString &viewer) const;
    [[nodiscard]] QJsonObject treeJson(const QString &uri, const QString &viewer, int depth) const;
    [[nodiscard]] QJsonArray facetsIn(const QString &text) const;
    [[nodiscard]] const Person *personBy(const QString &nameOrHandleOrDid) const;
    [[nodiscard]] const Record *find(const QString &uri) const;
    [[nodiscard]] bool isBlocked(const QString &a, const QString &b) const;
    [[nodiscard]] QList<const Record *> liveOf(const QString &collection) const; ///< oldest first
    [[nodiscard]] QString ownRecord(const char *collection, const QString &did, const QString &subject) const;
    [[nodiscard]] static QString cidOfRecord(const QJsonObject &record);
    [[nodiscard]] QString makeKey();
    Record &store(const QString &did, const QString &collection, const QString &key, const QJsonObject &record);
    void notifyOf(const Record &post);
    void notifyOfReaction(const Record &record);

    QString m_host;
    QString m_domain;
    FakeBlueskyOAuth m_oauth;
    FakeBlueskyChat m_chat;
    bool m_isPrivileged = false;
    bool m_isChatDown = false;
    bool m_tellsDate = false;
    Time m_now = timeFromMs(1'790'000'000'000);
    Duration m_step = std::chrono::seconds(1);
    int m_serial = 0;
    int m_tokensFrom = 0;
    int m_sessionsFrom = 0;
    QSet<qint64> m_endedSessions; ///< by the refresh token's jti
    int m_logins = 0;
    int m_refreshes = 0;
    int m_remaining = -1;
    Time m_reset;
    std::vector<WriteLimit> m_writeLimits;
    bool m_isAppViewDown = false;
    bool m_isSearchOpen = true;
    bool m_ignoresReasons = false;
    Refusal m_refusal;
    QList<Person> m_people;
    QMap<QString, Record> m_records; ///< by uri
    QStringList m_order;             ///< uris in the order of arrival
    QHash<QString, Blob> m_blobs;
    QList<Notification> m_notifications;
    QSet<QString> m_blocks;  ///< "did did": the first blocks the second
    QSet<QString> m_follows; ///< "did did": the first follows the second
    QList<HiddenList> m_hidden;
    std::function<void(const HttpRequest &)> m_meanwhile;
};

} // namespace Earshot
