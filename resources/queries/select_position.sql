SELECT mark, walk FROM position WHERE channel = :channel;
