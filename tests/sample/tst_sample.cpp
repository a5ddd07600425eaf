#include "sample/sample.h"
#include <QElapsedTimer>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
using namespace Earshot;
class SampleTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makes()
    {
        QStandardPaths::setTestModeEnabled(true);
        QTemporaryDir dir;
        SystemClock clock;
        QElapsedTimer timer; timer.start();
        const auto sample = makeSample(dir.path(), clock);
        qInfo() << timer.elapsed();
        if (!sample) qInfo() << sample.error().detail;
        QVERIFY(sample);
    }
};
QTEST_GUILESS_MAIN(SampleTest)
#include "tst_sample.moc"
