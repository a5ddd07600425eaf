// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QStandardPaths>
#include <QTest>
#include <QTimer>
#include <QWidget>

#include <array>

/// The desktop's own main(), linked in under another name.
int earshotMain(int argc, char **argv);

namespace {

/// What a person at the screen of the running program sees, asked every few moments; closes its window at last.
struct Watcher
{
    bool hasWindow = false;
    int rows = 0;
    QString title;
    QTimer timer;

    void look()
    {
        const QWidgetList all = QApplication::topLevelWidgets();
        for (QWidget *window : all) {
            auto *inbox = window->findChild<QAbstractItemView *>(QStringLiteral("conversations"));
            if (!window->isVisible() || inbox == nullptr || inbox->model() == nullptr)
                continue;
            hasWindow = true;
            rows = inbox->model()->rowCount();
            title = window->windowTitle();
            // Only what a person could read already.
            const QString text = inbox->model()->index(0, 0).data(Qt::DisplayRole).toString();
            if (rows == 0 || text.isEmpty())
                continue;
            // The sample has something left to send: what waits may stay.
            if (auto *keep = window->findChild<QAbstractButton *>(QStringLiteral("closeKeep")))
                keep->click();
            else
                window->close();
        }
    }
};

Watcher *watcher = nullptr;

/// Runs inside of main(), when the application is made.
void beginWatching()
{
    if (watcher == nullptr)
        return;
    QObject::connect(&watcher->timer, &QTimer::timeout, qApp, [] { watcher->look(); });
    watcher->timer.start(50);
    QTimer::singleShot(std::chrono::seconds(60), qApp, [] { QCoreApplication::exit(99); });
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(beginWatching)

/// `earshot --sample`, from its arguments to its end.
class SampleProgramTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sampleStartsShowsItsWindowAndEnds();
};

void SampleProgramTest::sampleStartsShowsItsWindowAndEnds()
{
    QStandardPaths::setTestModeEnabled(true);
    Watcher seen;
    watcher = &seen;
    QByteArray name("earshot");
    QByteArray option("--sample");
    std::array<char *, 3> arguments{name.data(), option.data(), nullptr};
    const int code = earshotMain(2, arguments.data());
    watcher = nullptr;
    QVERIFY(seen.hasWindow);
    QVERIFY(seen.rows > 0);
    QVERIFY2(seen.title.contains(QLatin1StringView("Sample")), qPrintable(seen.title));
    QCOMPARE(code, 0);
}

QTEST_APPLESS_MAIN(SampleProgramTest)
#include "tst_sampleprogram.moc"
