// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakemastodon.h"
#include "fakes/fakewordpress.h"
#include "tests/cli/commandscript.h"
#include "tests/cli/feedserver.h"
#include "tests/cli/networkserver.h"

#include <QObject>

#include <memory>

namespace Earshot {

class FileServers;

/// Each command and each option of it, run with the real program on one desk with a feed, an account and a site: the
/// same lines on the desk's file, and on a server of it. The
/// slots go on from one another; the last one names what none of them has run.
class EveryCommandTest final : public QObject
{
    Q_OBJECT

public:
    enum class On { file, server };
    /// @param program earshotctl
    EveryCommandTest(On place, const QString &program);
    ~EveryCommandTest() override;

private Q_SLOTS:
    void initTestCase();
    void peopleAreAddedAndLetIn();
    void channelsAreConnected();
    void accountIsSignedInByBrowser();
    void teamsAreMade();
    void listsAndConversationsAreRead();
    void workIsDone();
    void noticesArePinned();
    void otherPeoplesWorkIsKept();
    void repliesTakeTheirOptions();
    void readersAreChosen();
    void outboxIsManaged();
    void siteIsAnsweredAndModerated();
    void likesComeAndGo();
    void filesAreMadeAndChecked();
    void everythingIsExported();
    void serversHaveTheirOwn();
    void nothingWasLeftOut();

private:
    /// Runs a line that names a page, and says yes there as that person.
    [[nodiscard]] ControlAnswer runWithBrowser(const char *line, const char *person);
    void ask(const char *person, const char *text, const FakeMastodon::Manner &manner = {});
    [[nodiscard]] QString newestPost() const { return m_social->postsOf(QStringLiteral("acme")).constLast(); }
    [[nodiscard]] qsizetype posts() const { return m_social->postsOf(QStringLiteral("acme")).size(); }

    const bool m_isServed;
    SystemClock m_clock;
    std::unique_ptr<FileServers> m_servers;
    ControlProgram m_program;
    CommandScript m_script{m_program};
    FeedServer m_feed;
    NetworkServer m_socialServer;
    NetworkServer m_blogServer;
    std::shared_ptr<FakeMastodon> m_social;
    std::shared_ptr<FakeWordPress> m_blog;
    qint64 m_post = 0;
    qint64 m_comment = 0;
    QString m_question;
};

} // namespace Earshot
