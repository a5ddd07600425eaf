// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "courier/session.h"
#include "sample/samplesession.h"
#include "ui/settings/settingsfile.h"
#include "ui/shell/appearance.h"
#include "ui/shell/errortext.h"
#include "ui/shell/heap.h"
#include "ui/shell/icons.h"
#include "ui/shell/singleinstance.h"
#include "ui/shell/translations.h"
#include "ui/shell/whendone.h"
#include "ui/window/desktoppresence.h"
#include "ui/window/mainwindow.h"
#include "ui/window/welcomedialog.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>

namespace Earshot {

namespace {

/// One run of the desktop: from its arguments to its window and back. Lives in main().
class Program final : public QObject
{
public:
    Program(QApplication &application, Appearance &appearance)
        : m_application(application)
        , m_appearance(appearance)
    {
    }

    void start(const QString &file, const QString &agent, const QString &keyFile, bool isSample)
    {
        m_agent = agent;
        m_keyFile = keyFile;
        if (isSample) {
            openSample();
            return;
        }
        m_file = file.isEmpty() ? defaultWorkspacePath() : QFileInfo(file).absoluteFilePath();
        m_instance = std::make_unique<SingleInstance>(m_file);
        if (m_instance->handOver(QCoreApplication::arguments(), activationToken())) {
            QMetaObject::invokeMethod(&m_application, &QCoreApplication::quit, Qt::QueuedConnection);
            return;
        }
        if (const Done listening = m_instance->listen(); !listening)
            qWarning("a second start cannot reach this window: %s", qUtf8Printable(listening.error().detail));
        connect(m_instance.get(), &SingleInstance::handedOver, this, &Program::startAgain);
        if (!QFileInfo::exists(m_file) && file.isEmpty())
            welcome();
        else
            open();
    }

private:
    static QString activationToken()
    {
        const QString token = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
        return token.isEmpty() ? qEnvironmentVariable("DESKTOP_STARTUP_ID") : token;
    }

    void welcome()
    {
        m_welcome = std::make_unique<WelcomeDialog>(m_file);
        connect(m_welcome.get(), &QDialog::rejected, &m_application, &QCoreApplication::quit);
        connect(m_welcome.get(), &WelcomeDialog::sampleAsked, this, [this] {
            m_welcome->hide();
            openSample();
        });
        connect(m_welcome.get(), &WelcomeDialog::createAsked, this, [this](const QString &name) {
            QDir().mkpath(QFileInfo(m_file).absolutePath());
            if (const Done made = Workspace::create(m_file, name, m_clock); !made) {
                m_welcome->showTrouble(ErrorText::of(made.error()));
                return;
            }
            m_welcome->hide();
            open();
        });
        m_welcome->show();
    }

    void open()
    {
        Session::Options options;
        options.path = m_file;
        options.agentName = m_agent;
        options.keyFile = m_keyFile;
        options.runsCourier = true;
        auto session = Session::open(std::move(options), m_clock);
        if (!session) {
            giveUp(session.error());
            return;
        }
        m_session = std::move(*session);
        m_heardUntil = m_session->isOwner() ? heardUntil() : Time();
        showWindow(QFileInfo(m_file).completeBaseName());
    }

    void openSample()
    {
        auto session = openSampleSession(m_clock);
        if (!session) {
            giveUp(session.error());
            return;
        }
        m_session = std::move(*session);
        showWindow(MainWindow::tr("Sample"));
    }

    void showWindow(const QString &title)
    {
        MainWindow::Options options;
        options.title = title;
        options.asksBeforeClosing = m_session->isOwner();
        options.heardUntil = m_heardUntil;
        if (!m_session->isOwner())
            options.notListening =
                MainWindow::tr("Another program has this workspace open and pulls and sends for it.");
        m_window =
            std::make_unique<MainWindow>(m_session->desk(), m_session->channels(), m_appearance, std::move(options));
        connect(m_window.get(), &MainWindow::closing, this, &Program::close);
        m_presence = std::make_unique<DesktopPresence>(m_session->desk(), *m_window, QDBusConnection::sessionBus());
        m_window->show();
    }

    /// Somebody started the program once more with the same workspace.
    void startAgain(const QStringList &arguments, const QString &token)
    {
        if (!m_window) {
            const QWidgetList windows = QApplication::topLevelWidgets();
            for (QWidget *window : windows) {
                if (window->isVisible())
                    window->activateWindow();
            }
            return;
        }
        m_window->raiseFor(token);
        const QString asked = arguments.value(arguments.indexOf(QStringLiteral("--agent")) + 1);
        const QString mine = m_window->roster().agentName(m_session->desk().me());
        if (arguments.contains(QStringLiteral("--agent")) && asked.compare(mine, Qt::CaseInsensitive) != 0)
            m_window->tell(MainWindow::tr("%1 works here. Quit, then start as %2.").arg(mine, asked));
    }

    /// When this desk last heard of a network before it was closed; not known where nothing was pulled, or elsewhere.
    [[nodiscard]] Time heardUntil() const
    {
        const auto channels = m_session->workspace().readNow<QList<ChannelRecord>>(
            [](Database &database) { return loadChannels(database); });
        Time last;
        for (const ChannelRecord &channel : channels.value_or(QList<ChannelRecord>()))
            last = std::max(last, channel.lastPullAt);
        return last;
    }

    void close()
    {
        whenDone(m_session->close(), this, [this](const Done &) { QCoreApplication::quit(); });
    }

    void giveUp(const Error &error)
    {
        auto *box = new QMessageBox(QMessageBox::Critical, MainWindow::tr("Earshot"), {}, QMessageBox::Close);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setText(MainWindow::tr("The workspace could not be opened."));
        box->setInformativeText(ErrorText::of(error) + QLatin1Char('\n') + QDir::toNativeSeparators(m_file));
        connect(box, &QDialog::finished, &m_application, [] { QCoreApplication::exit(1); });
        box->open();
    }

    QApplication &m_application;
    Appearance &m_appearance;
    SystemClock m_clock;
    QString m_file;
    QString m_agent;
    QString m_keyFile;
    Time m_heardUntil;
    std::unique_ptr<SingleInstance> m_instance;
    std::unique_ptr<WelcomeDialog> m_welcome;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<MainWindow> m_window;        ///< goes before the session that it reads
    std::unique_ptr<DesktopPresence> m_presence; ///< goes before its window
};

int run(QApplication &application)
{
    installTranslations(application);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "A desk for what people say about you in public."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption sample(
        QStringLiteral("sample"),
        QCoreApplication::translate("main", "Opens a sample that needs no account and no network."));
    const QCommandLineOption agent(QStringLiteral("agent"), QCoreApplication::translate("main", "Who works, by name."),
                                   QCoreApplication::translate("main", "name"));
    const QCommandLineOption keyFile(
        QStringLiteral("key-file"),
        QCoreApplication::translate("main", "The key of the encrypted secrets file, where there is no keychain."),
        QCoreApplication::translate("main", "file"));
    parser.addOptions({sample, agent, keyFile});
    parser.addPositionalArgument(QStringLiteral("file"),
                                 QCoreApplication::translate("main", "The workspace; else the default one."),
                                 QStringLiteral("[file]"));
    parser.process(application);
    if (const QString aside = putDamagedSettingsAside(); !aside.isEmpty())
        qWarning("the settings could not be read; they lie in %s", qUtf8Printable(aside));
    Appearance appearance(application);
    Program program(application, appearance);
    program.start(parser.positionalArguments().value(0), parser.value(agent), parser.value(keyFile),
                  parser.isSet(sample));
    return QApplication::exec();
}

} // namespace

} // namespace Earshot

int main(int argc, char **argv)
{
    Earshot::limitHeaps();
    QCoreApplication::setOrganizationName(QStringLiteral("earshot"));
    QCoreApplication::setApplicationName(QStringLiteral("earshot"));
    QCoreApplication::setApplicationVersion(QStringLiteral(EARSHOT_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("earshot"));
    QApplication application(argc, argv);
    Earshot::trimHeapsRegularly(&application);
    QApplication::setApplicationDisplayName(QStringLiteral("Earshot"));
    QApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(Earshot::Icons::icon(QStringLiteral("earshot")));
    return Earshot::run(application);
}
